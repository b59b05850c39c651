"""English posts: borders, trade, energy and diplomacy."""

from .shapes import Comment, Post

ISLAMABAD_AND_MOSCOW = """\
<p>For forty years the two capitals spoke to each other mainly through third parties, and seldom
kindly. This week the lower house of Pakistan's parliament stood up, desk by desk, and voted to
change the tone. A resolution asking the government to deepen ties with Russia "in trade, energy
and regional peace" passed without a dissenting voice, a thing that happens in this chamber about
as often as a quiet Question Hour.</p>
<p>The timing was no accident. Officials in Islamabad are drawing up the guest lists, road
closures and menus for a visit by the Russian president, which would be a first of its kind. Two
officials who have seen the draft programme said it runs to a day and a half and leaves room for
exactly one unscheduled hour.</p>
<p>"We inherited a quarrel from our grandfathers," said Rukhsana Daultana, a member of the foreign
affairs committee who helped to draft the text. "They had their reasons. I asked my colleagues
whether any of us could still name ours."</p>
<h2>A long memory</h2>
<p>The reasons were not small. Pakistan tied itself to Washington when the Cold War was young, let
American spy planes use its runways and, in the 1980s, became the supply road for the fighters who
bled the Soviet army in Afghanistan. Moscow armed India, voted with India and treated Islamabad as
someone else's forward base. Old men on both sides still tell the story as if it were a family
feud.</p>
<p>What has changed is mostly arithmetic. Foreign troops are leaving Afghanistan or have left,
American money comes with more questions than it used to, and India now buys its weapons from
several shops. "Russia noticed that its old friend was dining out," said Tufail Ansar, a retired
Pakistani diplomat who served two terms in Moscow. "So it felt free to look at the menu
itself."</p>
<h2>Gas, coal and a steel mill</h2>
<p>Energy is where the talk becomes concrete. Pakistan is short of several thousand megawatts on a
bad summer afternoon. Russian companies have offered engineers and credit for the pipeline that is
meant to carry gas from Turkmenistan across Afghanistan to the Punjab, a project that has spent
longer on paper than most of its planners have spent in office.</p>
<p>A second proposal concerns Thar, the desert in the south-east where a vast bed of brown coal lies
under sand and groundwater. Russian mining specialists toured the site last month. A third is the
repair of the steelworks outside Karachi that Soviet engineers built in a warmer interval of the
1970s and that now runs at a fraction of its capacity.</p>
<blockquote><p>Nobody is proposing a marriage. This is two neighbours of the same troubled house
agreeing to share the cost of the roof.</p></blockquote>
<p>That was how one senior foreign ministry official put it, asking not to be named because the
agenda is not final. The troubled house is Afghanistan. Both governments say they fear what a
collapse there would send across their frontiers: fighters, in one case, and heroin in the
other.</p>
<p>Doubters are easy to find. "A resolution costs nothing and a pipeline costs billions," said Zoya
Mirchandani, who studies energy finance at a Karachi institute. She points out that Russia's trade
with Pakistan is a rounding error beside its trade with India, and that no bank has yet agreed to
insure a pipe through Kandahar and Helmand.</p>
<p>In the parliament's cafeteria, where the tea is subsidised and the opinions are free, a veteran
member from the north-west offered the shortest summary. "When I was a young man I collected money
to fight them," he said. "Now I am asked to collect flowers. I will do it. I only wish somebody had
told us in between."</p>
"""

BORDER_QUEUE = """\
<p>The queue begins, this week, beside a tyre shop four kilometres short of the gate. Its owner,
Haji Lal Baz, has moved his string bed to the roadside so that he can watch it grow. "On Saturday
the last truck was by the mosque," he says. "On Sunday by the mill. Today it has reached me, and I
have never sold so little. A truck that does not move does not burst its tyres."</p>
<p>The crossing between Pakistan's Khyber district and Afghanistan's Nangarhar province was shut for
nine days after an argument over a new guard post. It reopened on Monday, for eight hours a day.
Customs officers on the Pakistani side counted 1,140 waiting vehicles. They cleared 212 before the
gate was closed at dusk.</p>
<h2>Tomatoes do not wait</h2>
<p>What happens to a load in nine days depends on what it is. Cement waits. Cooking oil waits.
Tomatoes from Sindh do not. Driver Shirin Agha was carrying six hundred crates of them when the
gate came down; by the sixth day, he says, juice was running out of the tailgate and the
wasps had found it.</p>
<p>"The owner telephoned every morning to ask how they looked," he says. "On the seventh morning he
stopped telephoning."</p>
<p>The chamber of commerce in Peshawar puts the loss at about three million dollars, and concedes
that it is guessing. Its vice-president, Mansoor Kakakhel, would rather talk about the next
closure. "There have been five in a year. A buyer in Kabul can forgive one. After five he learns
the road to Bandar Abbas."</p>
<h2>A town on wheels</h2>
<p>A queue that lasts becomes a settlement. Boys carry kettles between the lorries and know which
drivers take sugar. A barber has hung his mirror on a container. Somebody has strung a
volleyball net between two fuel tankers, and at four in the afternoon the Afghan drivers play the
Pakistani drivers and everyone plays the customs clerks.</p>
<p>There is less laughter after dark. Drivers sleep in the cab with the doors chained. There is one
water tap and, for the two or three women travelling with families, no latrine at all. Aid workers
set up a tent on Tuesday and by the evening had treated sixty people, most of them for stomach
complaints.</p>
<p>Officials on both sides said the hours would be lengthened "in stages". Neither could say what the
stages were. An Afghan border commissioner, speaking by telephone from the other end of the same
road, said his men would work all night if the scanner worked all night. The scanner, a Pakistani
officer replied, needs a part. The part is in a container. The container is in the queue.</p>
<p>Haji Lal Baz hears this, and laughs until he has to put down his cup. Then the line shudders: a
starter motor, another, a long ripple of them coming down the hill. Every truck moves forward by
the length of one truck, and stops.</p>
"""

PIPELINE = """\
<p>The peg is made of iron, painted orange and hammered a hand's length into the gravel. There is
another a hundred metres on, and another after that, until they shrink to a row of stitches across
the plain. Shepherds south of Herat have been told not to pull them up. They have not been told
what the pegs are for.</p>
<p>"One man said a railway, one man said a wall," says Ghulam Haidar, who grazes two hundred sheep
here in the cool half of the year. "Then an engineer drank tea with us and said: gas. I asked
whether it would stop at my village. He was an honest man. He looked at his boots."</p>
<p>The gas, if it ever comes, will travel some 1,800 kilometres from a field in eastern Turkmenistan
to the Indian border, in a steel pipe wide enough for a child to walk through upright. Roughly half
of that distance is Afghan. The idea is older than most of the surveyors. What is new is that
someone is paying for the pegs.</p>
<h2>What a village wants to know</h2>
<p>We followed the line for a day and asked in five villages what people expected from it. The
answers were strikingly practical. Would there be jobs as guards, and would they go to the village
or to a commander's cousins? Would the trench cut the karez, the hand-dug tunnel that brings water
from the hills? Who pays for a field that cannot be ploughed for two seasons?</p>
<ul>
<li>In two villages a notice had been read aloud at the mosque.</li>
<li>In two, people had heard of the project only from the radio.</li>
<li>In one, an elder produced a compensation form, unsigned, in a language nobody there reads.</li>
</ul>
<p>Mirwais Taimani, a water engineer in Herat, has mapped thirty-one karez systems that the route
crosses. "A karez is four hundred years of digging," he says. "If you break it, you cannot telephone
the men who made it. The pipe must go under, with a sleeve, and somebody must stand there on the day
with the authority to say stop."</p>
<p>The company in charge of the survey said in
<a href="https://example.org/pipeline/answers">a written answer</a> that every karez "will be
respected" and that hearings would be held in each district. It gave no dates.</p>
<h2>The price of passage</h2>
<p>In Kabul the talk is of transit fees, which planners once put at several hundred million
dollars a year. Nobody near the pegs mentioned fees. What they mentioned was electricity. There are
pylons in sight of Ghulam Haidar's tent, carrying imported power to the city; he charges his
telephone at a petrol station, eleven kilometres away, for twenty afghanis.</p>
<p>He is not against the pipe. "Let it come. Let it go to India, they are also cold," he says. Then,
after some thought: "But tell them we moved our sheep around their nails for a whole winter, and not
one is missing."</p>
"""

DAM = """\
<p>When the level falls, the old village comes up first as a line of poplar stumps, then as the top
of a mill, then as walls. By the end of the dry season a visitor could walk down what had been its
only lane, past the doorsteps, with the mud cracking like glazed pottery underfoot.</p>
<p>The reservoir in the hills north of Haripur is a little under a third full. Engineers say that is
low but not a record. People who used to live at the bottom of it have been coming back all week to
look for their houses.</p>
<p>"This was the room where my brother was born," said Bibi Naseeba, seventy-one, standing in a
rectangle of stones with a view of the spillway. She was a bride of nineteen when the valley was
cleared. The family was promised twelve acres in Punjab. They received seven, of which three were
salt.</p>
<h2>Two calendars</h2>
<p>A dam has two masters. Farmers downstream want water in the sowing weeks; the grid wants it
whenever the cities switch on their fans. In a wet year the two calendars can be made to agree. In a
dry one the release schedule is fought over line by line in an office with a broken clock.</p>
<p>This year the irrigation department asked for 1,400 cubic metres a second in the first ten days
of sowing. It was given a little over 900. "I know what each hundred is worth," said Waqas Tarar, a
canal superintendent. "It is a village that plants late."</p>
<p>The dam's managers answer that they cannot release what has not arrived. Snowfall in the upper
catchment was a fifth below the average of the past ten years, and silt has been eating the lake
from beneath. Soundings suggest that more than a third of the original storage is now mud.</p>
<blockquote><p>We built a bowl to last a hundred years and filled a third of it with our own
mountainside.</p></blockquote>
<p>The words are those of Sadia Bangash, a hydrologist who has argued for terraces and trees in the
upper valleys instead of a higher wall. Terraces are cheap, she says, and nobody cuts a ribbon on a
terrace.</p>
<h2>Another one upstream</h2>
<p>A new and larger dam is planned further up the river. Its supporters say it will trap the silt
and double the life of the old one. In the villages that would be flooded, the men have begun to
paint numbers on their own doors before the government can, so that nobody can later say the house
was not there.</p>
<p>Bibi Naseeba has advice for them. "Photograph the trees," she said. "We were paid for rooms. Nobody
counted the walnuts."</p>
<p>By the weekend it had rained a little in the hills. The doorsteps went first, then the mill.</p>
"""

POSTS_EN_REGION = [
    Post(
        slug="islamabad-and-moscow-mend-fences",
        headline="Islamabad And Moscow Mend Fences, One Desk-Thump At A Time",
        summary=(
            "Pakistan's parliament has endorsed closer ties with Russia and the capital is getting "
            "ready for a presidential visit. Gas, coal and a shared worry about Afghanistan are "
            "doing what forty years of diplomacy could not."
        ),
        body_html=ISLAMABAD_AND_MOSCOW,
        language="en",
        section="region",
        tags=["Pakistan", "Russia", "Diplomacy", "Energy", "Pipelines"],
        authors=["mehreen-tanoli", "anton-verhelst"],
        days_ago=96.3,
        photo="conference-table",
        caption="A table laid for talks: two chairs, two flags, and more microphones than answers.",
        credit="Illustration: Gandhara",
        alt_text=(
            "Two empty chairs face each other at a long conference table with microphones, a green "
            "and white flag on one side and a white, blue and red flag on the other."
        ),
        forum="closed",
        comments=[
            Comment(
                name="Behram Wazir",
                place="Bannu",
                text=(
                    "My father lost a leg to a mine that had Cyrillic letters on it. I do not say "
                    "we must be enemies for ever. I say that somebody should come and clear the "
                    "rest of the field before we talk about coal."
                ),
                hours_after=3.2,
            ),
            Comment(
                name="Lidiya",
                place="Kazan",
                text=(
                    "From here it looks less romantic. We sell what we have, which is gas and "
                    "engineers, to whoever needs them. Still, it is better than selling the other "
                    "things we used to send in that direction."
                ),
                hours_after=9.5,
            ),
            Comment(
                name="Prof. Onkar Seth",
                place="Leicester",
                text=(
                    "The article leaves out China, which will pay for whatever is actually built. "
                    "Moscow brings the speeches, Beijing brings the cement. Parliament might have "
                    "passed a shorter resolution thanking the right address."
                ),
                hours_after=14.1,
                replies=[
                    Comment(
                        name="Hina Lodhi",
                        place="Multan",
                        text=(
                            "Cement, yes, and the invoice too. I would rather have two creditors "
                            "who dislike one another than one who knows I have nowhere else to go."
                        ),
                        hours_after=20.7,
                    ),
                    Comment(
                        name="Prof. Onkar Seth",
                        place="Leicester",
                        text=(
                            "A fair point, and better put than mine. I only doubt that they dislike "
                            "one another as much as you would need them to."
                        ),
                        hours_after=26.0,
                    ),
                ],
            ),
        ],
    ),
    Post(
        slug="four-kilometres-from-the-gate",
        headline="Four Kilometres From The Gate",
        summary=(
            "After a nine-day closure the crossing into Nangarhar is open again, eight hours a day. "
            "More than a thousand trucks are waiting, and a small town has grown up among them."
        ),
        body_html=BORDER_QUEUE,
        language="en",
        section="region",
        tags=["Borders", "Trade", "Nangarhar", "Khyber"],
        authors=["shahbaz-marwat"],
        days_ago=1.2,
        photo="border-gate",
        caption="Painted lorries wait for the barrier to lift on the road to Nangarhar.",
        credit="Illustration: Gandhara",
        alt_text=(
            "A line of brightly painted trucks winds down a dusty road from a border gate between "
            "bare hills."
        ),
        comments=[
            Comment(
                name="Zarghun",
                place="Landi Kotal",
                text=(
                    "I have driven this road since 1998. The queue was always there. What is new is "
                    "that now they close it and tell us by a loudspeaker that nobody can hear."
                ),
                hours_after=2.0,
            ),
            Comment(
                name="Marguerite D.",
                place="Lyon",
                text="The part for the scanner is in the queue for the scanner. I will be telling that one.",
                hours_after=5.4,
                replies=[
                    Comment(
                        name="Shahbaz Marwat",
                        place="Gandhara",
                        text=(
                            "It was cleared this morning, I am told. Now they are looking for the "
                            "man with the screwdriver."
                        ),
                        hours_after=19.0,
                    ),
                ],
            ),
            Comment(
                name="سمیع الله",
                place="جلال اباد",
                text="زموږ رومیان وسوځېدل او هېڅوک یې پوښتنه نه کوي. لږ تر لږه د مېوو موټرو ته دې جلا لار پرانیزي.",
                language="ps",
                hours_after=11.3,
            ),
            Comment(
                name="A. Rehan",
                place="Peshawar",
                text="Give perishables a separate lane. Other borders managed it decades ago.",
                status="pending",
                hours_after=26.5,
            ),
        ],
    ),
    Post(
        slug="orange-pegs-south-of-herat",
        headline="Orange Pegs South Of Herat",
        summary=(
            "Surveyors have marked out the route of a gas pipeline across western Afghanistan. In "
            "five villages along the line, people want to know about karez tunnels, wages and light."
        ),
        body_html=PIPELINE,
        language="en",
        section="region",
        tags=["Pipelines", "Energy", "Herat", "Water"],
        authors=["idris-kohistani", "mehreen-tanoli"],
        days_ago=33.6,
        photo="desert-pipeline",
        caption="A pipe and its shadow on the plain: for most villages the gas will only pass by.",
        credit="Illustration: Gandhara",
        alt_text="A pipeline on low supports runs across a pale desert towards distant blue hills.",
        comments=[
            Comment(
                name="Eng. Nasim",
                place="Herat",
                text=(
                    "The sleeve under a karez costs less than one metre of the pipe itself. There "
                    "is no technical excuse for cutting a single one."
                ),
                hours_after=6.0,
            ),
            Comment(
                name="خالده",
                place="هرات",
                text="کاش کسی از زن‌های همین پنج قریه هم می‌پرسید. آب کاریز را ما از چشمه تا خانه می‌بریم، نه انجنیرها.",
                language="fa-AF",
                hours_after=15.8,
            ),
        ],
    ),
    Post(
        slug="the-village-under-the-lake",
        headline="The Village Under The Lake",
        summary=(
            "Low water has uncovered a village drowned two generations ago, and an old quarrel about "
            "who is owed what by a dam."
        ),
        body_html=DAM,
        language="en",
        section="pakistan",
        tags=["Water", "Dams", "Energy", "Haripur"],
        authors=["idris-kohistani"],
        days_ago=12.4,
        photo="reservoir-dam",
        caption="The reservoir at low water, with the pale band that marks where the lake should be.",
        credit="Illustration: Gandhara",
        alt_text=(
            "A curved dam holds back a turquoise lake between brown hills; a pale line along the "
            "shore shows how far the water has dropped."
        ),
        forum="premoderated",
        comments=[
            Comment(
                name="Tahir Jadoon",
                place="Abbottabad",
                text=(
                    "My grandmother also speaks of the walnuts. They were paid for by weight of "
                    "timber, in a year when timber was cheap."
                ),
                hours_after=8.0,
                replies=[
                    Comment(
                        name="Wajeeha",
                        place="Haripur",
                        text="Ours were paid for as firewood. We still have the receipt, framed.",
                        hours_after=21.5,
                    ),
                ],
            ),
            Comment(
                name="Colin Ashdown",
                place="Inverness",
                text=(
                    "We have drowned villages in the Highlands too, and they rise in the same dry "
                    "summers. Nobody here was paid for trees either."
                ),
                hours_after=13.0,
            ),
            Comment(
                name="Dr. Sarmad",
                place="Lahore",
                text=(
                    "The storage figure needs a date. A sounding from eight years ago and one from "
                    "this spring would tell very different stories."
                ),
                hours_after=30.2,
            ),
            Comment(
                name="Engineer (retd.)",
                place="Mangla",
                text=(
                    "You quote one hydrologist against dams and none in favour. Without this wall "
                    "half of Punjab would be dark. Please print both sides."
                ),
                status="pending",
                hours_after=40.0,
            ),
            Comment(
                name="رخسانہ",
                place="ہری پور",
                text="میرے دادا کا گھر بھی وہیں تھا۔ ہم پچھلے ہفتے گئے تو چولھے کے پتھر اپنی جگہ پر تھے۔",
                language="ur",
                status="pending",
                hours_after=44.5,
            ),
            Comment(
                name="Gul Nawaz",
                place="Tarbela colony",
                text="We who were moved in the seventies still have cases in court. My number is 4,416.",
                status="pending",
                hours_after=52.0,
            ),
            Comment(
                name="Yusra B.",
                place="Islamabad",
                text="Could you publish the release schedule you mention? Farmers would use it.",
                status="pending",
                hours_after=61.3,
            ),
            Comment(
                name="Pervez",
                place="Swabi",
                text=(
                    "It is easy to want terraces from a university office. Up there people cut the "
                    "trees because they have no gas. First the stove, then the terrace."
                ),
                status="pending",
                hours_after=75.0,
            ),
            Comment(
                name="J. Halloran",
                place="Cork",
                text="Is it safe to visit the site? I should like to photograph it before the rain.",
                status="pending",
                hours_after=80.9,
            ),
            Comment(
                name="truth_teller",
                place="",
                text="Whoever wrote this is paid from abroad and should be sent to live at the bottom of it.",
                status="rejected",
                hours_after=16.6,
            ),
            Comment(
                name="Best Prices Online",
                place="Worldwide",
                text=(
                    "AMAZING waterproof watches 80% OFF today only!!! Free delivery to all "
                    "countries, order now https://example.org/watches-sale"
                ),
                status="spam",
                hours_after=17.1,
            ),
        ],
    ),
]
