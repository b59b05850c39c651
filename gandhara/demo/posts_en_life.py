"""English posts: schools, health, weather, power and telephones."""

from .shapes import Comment, Post
from .thread_first_book import THREAD_FIRST_BOOK

FIRST_BOOK = """\
<p>The teacher holds up a picture of an animal and thirty-eight children shout its name. They shout
it in three languages, because that is how many are spoken in the lane outside, and for a second the
room is full of goats.</p>
<p>Then Ustad Karima turns the card over. On the back is the word printed in a fourth language, the
one in which the children will have to learn to read. The noise stops. "You see it every year," she
says afterwards. "They walk in knowing two thousand words. The first thing school tells them is that
these are the wrong ones."</p>
<p>Her school stands on the edge of Mardan, in a quarter where families from Swat, Chitral and the
Afghan provinces have settled next to one another. The provincial government is trying out a reader
for six-year-olds in their mother tongues: Pashto here, Khowar and Hindko elsewhere. Two hundred
schools will use it for two years. After that somebody will count.</p>
<h2>The case for the goat</h2>
<p>The reasoning is simple, says Dr. Amanullah Sapai, a linguist who helped to edit the Pashto
volume. A child who learns that marks on a page stand for sounds she already makes has learned to
read. She can carry the trick into any other language later. A child who must learn the trick and
the language at one stroke often learns neither.</p>
<p>He has numbers from a pilot in forty classrooms. After one year, sixty-one per cent of children
taught in their own language could read a short paragraph; in the ordinary classes next door it was
twenty-six. After three years, he says, the first group had also overtaken the second in Urdu.</p>
<h2>The case against</h2>
<p>Not every parent is persuaded. Outside the gate, Sher Bahadur, who drives a rickshaw, was frank.
"I have Pashto. It was free. I am sending him here for what I have not got, which is Urdu and
English. If the teacher wants to speak Pashto with my son she may come to tea."</p>
<p>A mother beside him had a different worry. She speaks Gawri, a language of the upper Swat valley
for which no reader has been printed. "First they were taught in a language that belonged to nobody
in the room," she said. "Now they will be taught in one that belongs to their neighbours. For us it
is the same wall, painted."</p>
<p>Officials admit that there are more languages than printing presses. A reader costs little to
print, they say, and a great deal to agree upon: the Pashto committee spent eleven days on the
spelling of a single vowel.</p>
<blockquote><p>I do not want him to choose. I want him to have pockets on both sides of the
coat.</p></blockquote>
<p>That was an old man collecting his grandson. The boy, asked what he had learned, considered the
matter and bleated.</p>
"""

POWER = """\
<p>At ten past nine the street goes. There is no sound to it, only the fans running down and then,
after a breath, the voices: a whole neighbourhood saying the same short word at once. By a quarter
past, the first generators have caught, and Lyari smells of petrol.</p>
<p>Karachi has lived with power cuts for so long that it has grown habits around them, as a tree
grows around a nail. Weddings are timed by the published schedule. Tailors iron at dawn. Children
know their block number before they know their surname.</p>
<p>What is new this season is that the schedule no longer holds. Residents of eleven blocks told us
they had been promised six hours a day without supply and had counted between nine and fourteen. The
utility says it cuts longest where most current is stolen. Its own figures put losses on some
feeders at more than half.</p>
<h2>The man with the ledger</h2>
<p>Rashid Qambrani, a retired schoolmaster, has kept a record of every outage in his lane for three
years, in pencil, in a cash book. He can tell you that Tuesdays are worst and that the light has
never once failed during a televised final. "People say it is chance," he remarks. "I have taught
probability."</p>
<p>The ledger has become a local institution. Shopkeepers borrow it to argue over bills. In the
spring a lawyer photocopied the whole of it and laid it before the regulator, who ordered the utility
to explain 212 particular hours. The explanation is due next month.</p>
<h2>Heat by the hour</h2>
<p>At the children's ward nearby, Dr. Farzeen Memon draws a curve with two humps, one after midnight
and one towards four. Those are the hours at which infants with dehydration are carried in. "It is
not the temperature alone," she says. "It is the temperature with a stopped fan, in a room of seven,
on the third night."</p>
<p>Those who can afford it buy their way out. Solar panels have spread over the roofs like scales; a
set that will run two fans and a bulb costs as much as a labourer earns in five weeks. Those who
cannot go up to the same roofs and lie among the panels, where there is sometimes a wind from the
sea.</p>
<p>From up there, a little before two, you can watch the city breathe: one quarter going dark,
another coming up, the minarets holding steady on their own batteries. Then the fans begin to turn
below, slowly, and everyone carries the children down.</p>
"""

CLINIC = """\
<p>The clinic arrives on the back of a pick-up: four poles, a roll of white canvas, a folding bed, a
box that must stay cold. By eight it is standing on the threshing floor of a village in Laghman, and
by ten past there are sixty women in front of it, in order of who walked farthest.</p>
<p>The first is Zarmina, who set out in the dark with a daughter-in-law seven months pregnant. They
came along the river because the upper path crosses somebody's field and the somebody is not on
speaking terms with her husband. It took three hours. "She has a headache that does not go," Zarmina
tells the midwife. "And she sees flies where there are no flies."</p>
<p>The midwife, Shukria Niazai, stops writing. She has the cuff on the young woman's arm before the
sentence is over. The reading is 170 over 110. Within twenty minutes there has been an injection, a
telephone call made from the roof of the mosque, and the pick-up, emptied of its remaining boxes,
is on its way to the provincial hospital with the daughter-in-law lying across the back seat.</p>
<h2>Thirty villages, one truck</h2>
<p>That is the work on a good day, Shukria says: to be on the right threshing floor in the right
week. The team visits thirty villages in rotation. It gets to each about every five weeks, floods
and permissions allowing. Nine births in ten in this district still happen at home, most with a
neighbour in attendance and some with nobody.</p>
<p>She has begun to train the neighbours. Forty-four women have been through a twelve-day course held
in a school during the holidays. They learn to wash, to wait, to count, and to recognise the five
signs that mean <em>stop and send</em>. Half of them cannot read, so the signs are drawn on a cloth
that folds into a headscarf.</p>
<p>"A scarf nobody takes away from you," Shukria says. "A leaflet, the goat eats."</p>
<h2>The fathers</h2>
<p>None of it functions without the men, and the clinic has a man for the men: Hakimullah, the
driver, who sits under a mulberry tree with a thermos and answers questions. He was a tank mechanic
once. He explains blood pressure by means of a radiator, and has found that no husband who has
understood the radiator refuses to lend his car.</p>
<p>The money for the truck ends in four months. The provincial health director said he had asked for
another year and had been told to expect a reply. Shukria keeps the rota up to the last village of
the last round and has written nothing after it.</p>
<p>A little before three the pick-up returned with news. The baby, a girl, had been delivered early
and weighed the same as a loaf and a half of bread. The mother was asking for tea. Zarmina, told of
it, sat down on the threshing floor and began, methodically, to insult everyone who had ever said
the river path was too long.</p>
"""

LOCUSTS = """\
<p>They came out of the north-west at about the height of a man's chest, Abdul Qayum says, and at
first he thought that it was hail, because of the sound on the leaves. By the time he had called
his sons, the edge of the field was moving.</p>
<p>This part of Kunduz province had been looking at its best wheat in six years. Rain had come when
it should. The ears were full and two weeks from the sickle. Then the Moroccan locust, which hatches
every spring in the dry hills and is usually sprayed or dug up there, hatched in hills where for a
season nobody had gone to look.</p>
<p>The agriculture department's
<a href="https://example.org/kunduz/locust-bulletin">latest bulletin</a> says 9,000 hectares have been affected in three districts. Farmers say
the department has counted only what can be seen from the road. "The plain truth is that we were
late," said Naqibullah Safi, who runs the province's plant-protection office with four sprayers, two
of them working. "Eggs are cheap to kill. Wings are expensive."</p>
<h2>Drums, ditches and bedsheets</h2>
<p>So the villages have been fighting with what there was. Young hoppers cannot fly, and will march
into a ditch if enough people walk behind them; at Aqtash some four hundred men and boys walked in a
line for two days, beating oil tins, and shovelled earth over what fell in. Women stitched bedsheets
end to end for a barrier. In the evenings children were paid by weight. The going rate was ten
afghanis a kilogram.</p>
<p>It helped. Where the line held, the wheat is still standing, and there is a frontier, sharp as a
haircut, between gold and stubble. Where it broke there is nothing above the ankle.</p>
<h2>The arithmetic of a sack</h2>
<p>Abdul Qayum had eleven jeribs under wheat and has three. He borrowed for seed and fertiliser
against the harvest and owes, he says, forty-two sacks. He expects to thresh twenty. He will ask the
lender for a year and thinks that he will get it, since the lender's own land is on the wrong side
of the ditch.</p>
<p>Prices in the Kunduz bazaar have already stirred: a sack of flour rose by a twelfth in the week
that the swarm was first reported, well before any shortage could have been felt. Merchants blame
Kazakhstan. Buyers blame merchants.</p>
<p>The adults are now laying eggs, in bare, hard ground at the foot of the same hills, about forty to
the pod. Safi has asked for labour to plough the beds in autumn and for someone to map them before
the rain hides the signs. He has drawn the map himself meanwhile, on the back of a calendar. "Next
year's locusts are already there," he said. "We even know the address."</p>
"""

GAUGE = """\
<p>There is a white board bolted to the middle pier of the old bridge, marked in centimetres like a
schoolroom ruler. Every morning at six a man called Taj Mir leans over the parapet, reads it with
the help of a mirror on a stick, and sends the number by text message to an office in Kabul. He has
done so for sixteen years. For seven of them there was nobody in the office.</p>
<p>"I sent it all the same," he says. "A river does not stop because a clerk has run away."</p>
<p>The Kunar rises in the glaciers of Chitral, crosses into Afghanistan, joins the Kabul river near
Jalalabad and goes back over the frontier to water the Vale of Peshawar. Some seven million people
drink or plough with it at one point or another. There is no treaty to say how much belongs to whom,
and until lately there were almost no measurements on which a treaty could be based.</p>
<h2>Sixteen years in a biscuit tin</h2>
<p>Taj Mir's numbers, it turns out, are the longest unbroken series on the Afghan stretch. He kept a
copy of each one on the pages of tear-off calendars, in a biscuit tin. Last winter two young
engineers from the university came and photographed all 5,900 of them.</p>
<p>What they show is a river that is changing its hours. The spring rise now begins about twelve
days sooner than when the series started. The summer peak is higher and narrower. And in late
autumn, when farmers sow winter wheat, the board shows a third less water than it once did.</p>
<p>"On paper the yearly total has hardly moved," said Lailuma Wardak, one of the two engineers. "But
nobody irrigates with a yearly total."</p>
<h2>Two banks</h2>
<p>On both sides of the border there are plans for dams, and on both sides newspapers that describe
the other's plan as theft. We asked Taj Mir what he thought. He pointed to the pier. In a flood, he
said, the water stands a hand higher on the upstream face than on the downstream one; a stranger
reading from the wrong side of the bridge would swear that it was another river.</p>
<p>The engineers have now fixed an automatic sensor above the board, with a solar panel and an
aerial. It takes a reading every fifteen minutes. They asked him to go on with the mirror for one
year longer, so that the two can be compared.</p>
<p>In the first month they differed on three days. On two of them the sensor had been read through a
spider's web. On the third Taj Mir had sent his number late, because of his daughter's wedding, and
had written the reason beside it on the calendar.</p>
"""

ROOF = """\
<p>In the village of Sarhad-e Bala there is one place from which it is possible to telephone, and it
is the north-east corner of Mirza Bek's roof. A stone marks the spot. Stand on it, face the notch in
the ridge, and a single bar appears. Step off it and you are once more in the fifteenth century,
says Mirza Bek, who charges nothing for the stone but hears everybody's news.</p>
<p>He has heard of two betrothals and a lawsuit before the families concerned. He has held the
telephone to the ear of a woman who was too frightened of it to touch it, while her son wept in
Tehran. In the evenings there is a queue on the ladder, and he has had to strengthen the beams.</p>
<p>The bar comes from a mast across the watershed, forty kilometres away, that was never meant to
cover this side. The company that owns it has promised one of its own to the valley in each of the
past three years. Generators and diesel have to come by yak for the last two days, a spokesman
explained, and the yak lobby is a strong one. He was joking about the lobby.</p>
<h2>What a bar is worth</h2>
<p>Economists have tried to price such things. Nobody here needs them to. Before the stone, a trader
from the district would offer 6,000 afghanis for a sheep and be believed. The first man to ring the
bazaar from the roof found that it was selling for 9,500. There was, Mirza Bek recalls, an
interesting conversation.</p>
<p>The health worker rings in births and fevers. The teacher rings to ask for his pay. Two brothers
who had not spoken since a dispute over a wall discovered one evening that they were on the ladder
together, and settled it there, because neither was willing to give up his place.</p>
<p>A survey team came in the summer, with a drone, and put a flag on the ridge. If a mast is built
the whole village will have five bars in every room. Mirza Bek is in favour, he says, certainly. He
looked at his roof for some time. "It will be quieter," he said.</p>
"""

SNOWBOUND = """\
<p>The snow began at two in the afternoon, and by four Jan Alam could no longer see the bonnet of his
own truck. He did what his father had taught him: stopped in the track of the lorry ahead, put
stones under all the wheels, and went round knocking on the other cabs to count who was there.</p>
<p>There were thirty-one vehicles on the upper bends of the pass above Dir, and a hundred and twelve
people, nine of them children. They stayed for four days.</p>
<p>We have spoken to fourteen of them by telephone and at the hospital in Timergara. All but two have
gone home. One driver, Said Karim, fifty-eight, died on the second night when the exhaust of his
engine was buried and the cab filled with fumes. The others tell a story with very little panic in it
and a good deal of onion soup.</p>
<h2>A parliament of drivers</h2>
<p>The onions were Jan Alam's load: eleven tonnes of them. Behind him was a lorry of cooking oil, and
behind that a pick-up with a tandoor strapped to it, on its way to a wedding. By the first evening
the drivers had held what they call a jirga, sitting three to a seat, and passed laws. Engines would
run ten minutes in each hour, by turns, with one man outside to keep the pipe clear. Children would
sleep in the sleeper cab of a tanker that had a proper heater. Nobody would walk.</p>
<p>"A man who walks is a hero for one hour," says Jan Alam. "After that six others have to go and
look for him."</p>
<p>The law about the exhaust was made on the morning after Said Karim's death. Everyone we spoke to
mentioned this without being asked.</p>
<h2>The road that was nearly open</h2>
<p>A tunnel beneath the pass has been in use for some years, but heavy goods are sent over the top
whenever its ventilation is being repaired, as it was last week. A warning of snow had been issued
at eleven that morning. It reached the police post at the foot of the climb at five in the
afternoon.</p>
<p>The deputy commissioner has ordered an inquiry. Two bulldozers, he says, were sent within the hour
and met an avalanche at the ninth bend. They dug for two days. Men from the village of Gujar came up
on foot behind them with bread on their backs, and were the first to arrive.</p>
<p>The owner of the onions wished to know how many were left. About eight tonnes, Jan Alam told him,
frozen. He is to be charged for the remainder. When the other drivers heard of it they took up a
collection, at a tea house in Chakdara, and sent the owner a receipt: <em>three tonnes, eaten, with
thanks.</em></p>
"""

POSTS_EN_LIFE = [
    Post(
        slug="whose-words-are-in-the-first-book",
        headline="Whose Words Are In The First Book?",
        summary=(
            "Two hundred schools are about to teach six-year-olds to read in the language they "
            "speak at home. Parents at one school gate cannot agree whether that is a gift."
        ),
        body_html=FIRST_BOOK,
        language="en",
        section="pakistan",
        tags=["Schools", "Languages", "Mardan", "Children"],
        authors=["palwasha-zmaryal", "shahbaz-marwat"],
        days_ago=5.5,
        photo="school-courtyard",
        caption="The courtyard between lessons: three languages at play, a fourth on the board.",
        credit="Illustration: Gandhara",
        alt_text=(
            "Children in blue stand in rows and small groups in a sunlit school courtyard shaded "
            "by one large tree."
        ),
        comments=THREAD_FIRST_BOOK,
    ),
    Post(
        slug="a-ledger-of-dark-hours",
        headline="A Ledger Of Dark Hours",
        summary=(
            "A retired teacher in Karachi has written down every power cut in his lane for three "
            "years. Now the regulator would like to borrow his notebook."
        ),
        body_html=POWER,
        language="en",
        section="pakistan",
        tags=["Energy", "Power cuts", "Karachi", "Health"],
        authors=["mehreen-tanoli"],
        days_ago=118.7,
        photo="city-dusk",
        caption="Dusk over the city, with about half of it lit.",
        credit="Illustration: Gandhara",
        alt_text=(
            "A city skyline at dusk with domes, minarets and apartment blocks, some windows lit "
            "and whole quarters dark."
        ),
        comments=[
            Comment(
                name="Sanam Brohi",
                place="Karachi",
                text="Block 7 here. Eleven hours yesterday. I have bought a cash book and a pencil.",
                hours_after=4.0,
            ),
            Comment(
                name="Ilyas",
                place="Toronto",
                text=(
                    "He taught me mathematics in class nine. He failed me in probability, rightly. "
                    "Please give him my respects."
                ),
                hours_after=12.5,
                replies=[
                    Comment(
                        name="Sanam Brohi",
                        place="Karachi",
                        text="I will tell him. He still sits outside with the ledger after Maghrib.",
                        hours_after=18.3,
                    ),
                ],
            ),
            Comment(
                name="Feeder Man",
                place="Korangi",
                text=(
                    "I work for the utility. Half of the losses are the rich with a second cable, "
                    "not the poor with a hook. You may print that, not my name."
                ),
                hours_after=33.0,
            ),
        ],
    ),
    Post(
        slug="the-clinic-on-the-threshing-floor",
        headline="The Clinic On The Threshing Floor",
        summary=(
            "A midwife, a driver and a white tent reach thirty villages in Laghman every five weeks. "
            "On one morning, that was soon enough."
        ),
        body_html=CLINIC,
        language="en",
        section="afghanistan",
        tags=["Health", "Women", "Laghman"],
        authors=["palwasha-zmaryal"],
        days_ago=20.2,
        photo="clinic-tent",
        caption="By eight the tent is up; by ten past there is a line.",
        credit="Illustration: Gandhara",
        alt_text=(
            "A white clinic tent stands on open ground below terraced hills, with a pick-up beside "
            "it and a line of women in coloured shawls."
        ),
        comments=[
            Comment(
                name="Dr. Wrekmina",
                place="Jalalabad",
                text=(
                    "A headache and spots before the eyes: I wish every household in the country "
                    "knew those two signs. The scarf is a brilliant idea. Who can send us the "
                    "pattern?"
                ),
                hours_after=5.0,
                replies=[
                    Comment(
                        name="Palwasha Zmaryal",
                        place="Gandhara",
                        text="The team is happy to share it. Write to the newsroom and I will pass it on.",
                        hours_after=22.0,
                    ),
                ],
            ),
            Comment(
                name="زرغونه",
                place="مهترلام",
                text="زما خور هم دوی وژغورله. الله دې د شکریې لاس مات نه کړي، مرسته باید ودرول نه شي.",
                language="ps",
                hours_after=16.4,
            ),
            Comment(
                name="Ruth Abelsen",
                place="Tromsø",
                text="The driver and his radiator made my week. I trained midwives for thirty years.",
                hours_after=27.7,
            ),
        ],
    ),
    Post(
        slug="a-frontier-of-gold-and-stubble",
        headline="A Frontier Of Gold And Stubble",
        summary=(
            "Kunduz was two weeks from its best wheat harvest in six years when the locusts "
            "came. Villages fought them with oil tins, ditches and bedsheets."
        ),
        body_html=LOCUSTS,
        language="en",
        section="afghanistan",
        tags=["Farming", "Wheat", "Locusts", "Kunduz"],
        authors=["idris-kohistani"],
        days_ago=149.0,
        photo="wheat-fields",
        caption="Wheat on the safe side of the ditch.",
        credit="Illustration: Gandhara",
        alt_text="Golden wheat fields with rows of poplars run towards blue hills under a bright sky.",
        forum="closed",
        comments=[
            Comment(
                name="Haji Murad",
                place="Imam Sahib",
                text="On our side of the river it was worse and nobody came to count at all.",
                hours_after=10.0,
            ),
            Comment(
                name="P. Lindqvist",
                place="Uppsala",
                text=(
                    "Mapping egg beds costs a fraction of spraying adults. It is the same lesson "
                    "in every outbreak and it has to be learned again in each."
                ),
                hours_after=29.0,
            ),
        ],
    ),
    Post(
        slug="the-man-who-reads-the-river",
        headline="The Man Who Reads The River",
        summary=(
            "For sixteen years one man has leaned over a bridge at six in the morning to read the "
            "level of the Kunar. His calendars may be the best evidence two countries have."
        ),
        body_html=GAUGE,
        language="en",
        section="afghanistan",
        tags=["Water", "Rivers", "Kunar", "Borders"],
        authors=["idris-kohistani", "palwasha-zmaryal"],
        days_ago=47.9,
        photo="river-bridge",
        caption="The old bridge at first light, an hour after the day's reading.",
        credit="Illustration: Gandhara",
        alt_text=(
            "A stone bridge with arches crosses a river in a mountain valley at dawn, with mist "
            "lying over the water."
        ),
        comments=[
            Comment(
                name="Lutfur",
                place="Chitral",
                text=(
                    "Greetings to Taj Mir from the upstream side. We had a reader at our bridge "
                    "too. He retired and they replaced him with a padlock."
                ),
                hours_after=6.6,
            ),
            Comment(
                name="Greta Obermann",
                place="Graz",
                text="5,900 readings in a biscuit tin. Somebody please put the tin in a museum.",
                hours_after=11.2,
            ),
            Comment(
                name="عبدالبصیر",
                place="کابل",
                text="من همان کارمندی بودم که در سال اول پیام‌هایش را ثبت می‌کرد. هیچ روزی نبود که نرسد.",
                language="fa-AF",
                hours_after=35.0,
                replies=[
                    Comment(
                        name="Idris Kohistani",
                        place="Gandhara",
                        text="Thank you for writing. He asked us whether anyone had kept the first notebook.",
                        hours_after=41.0,
                    ),
                ],
            ),
        ],
    ),
    Post(
        slug="one-bar-on-mirza-beks-roof",
        headline="One Bar On Mirza Bek's Roof",
        summary=(
            "In a high valley of the Wakhan there is exactly one place to make a telephone call, "
            "and a queue on the ladder."
        ),
        body_html=ROOF,
        language="en",
        section="notebook",
        tags=["Telephones", "Badakhshan", "Trade"],
        authors=["anton-verhelst"],
        days_ago=71.4,
        photo="mountain-ridges",
        caption="The notch in the ridge, where the signal comes from.",
        credit="Illustration: Gandhara",
        alt_text="Ranks of mountain ridges fade from dark blue to pale rose under a morning sky.",
        comments=[
            Comment(
                name="Sultan Ali",
                place="Ishkashim",
                text="I have stood on that stone. You forgot to mention the dog.",
                hours_after=7.7,
            ),
        ],
    ),
    Post(
        slug="three-tonnes-eaten-with-thanks",
        headline="Three Tonnes, Eaten, With Thanks",
        summary=(
            "A hundred and twelve people were trapped by snow on a pass above Dir for four days. "
            "They had eleven tonnes of onions and a set of laws."
        ),
        body_html=SNOWBOUND,
        language="en",
        section="pakistan",
        tags=["Roads", "Snow", "Dir", "Drivers"],
        authors=["shahbaz-marwat"],
        days_ago=2.3,
        photo="snowy-pass",
        caption="A lorry on the upper bends, on the morning the road was cleared.",
        credit="Illustration: Gandhara",
        alt_text=(
            "A painted truck climbs a bend on a snow-covered mountain road between steep white "
            "slopes."
        ),
        comments=[
            Comment(
                name="Naveed Yousafzai",
                place="Timergara",
                text=(
                    "Six hours for a weather warning to travel sixty kilometres. It would have been "
                    "quicker to send it by onion."
                ),
                hours_after=1.5,
            ),
            Comment(
                name="Asma Khel",
                place="Birmingham",
                text=(
                    "Said Karim was my mother's cousin. Thank you for writing his name and for not "
                    "making a joke of it."
                ),
                hours_after=8.9,
                replies=[
                    Comment(
                        name="Shahbaz Marwat",
                        place="Gandhara",
                        text="All the drivers spoke of him first. Our condolences to the family.",
                        hours_after=10.1,
                    ),
                ],
            ),
            Comment(
                name="گل زمین خان",
                place="دیر بالا",
                text="گوجر گاؤں کے نوجوانوں کو کوئی تمغہ نہیں ملے گا، مگر روٹی لے کر سب سے پہلے وہی پہنچے تھے۔",
                language="ur",
                hours_after=20.6,
            ),
            Comment(
                name="H. Brandt",
                place="Kiel",
                text="Is there a fund for the driver who has been charged for the load?",
                hours_after=31.0,
            ),
        ],
    ),
]
