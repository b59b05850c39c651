"""English posts: digs, games, poems, painting, radio and the newsroom's notebook."""

from .shapes import Comment, Post

STUPA = """\
<p>The robbers had been tidy. They had sunk a shaft beside the drum of the stupa, propped it with
timber, and carried the spoil away in sacks so that no heap would show. The archaeologists found it
only because a goat fell in.</p>
<p>The goat, which survived, belongs to a family that has grazed the hill above Swat's main road for
generations and has always called the ruin the Drum of the King. It is in fact a Buddhist monument
of the second or third century, plastered and painted once, with a courtyard of small chapels around
it. Eleven of the chapels are known. As of this month there is a twelfth.</p>
<p>"We went down the thieves' ladder," says Rabia Swati, who directs the dig for the provincial museum.
"I am not proud of it. But they had stopped two hands short of the best thing on the site."</p>
<h2>Two hands further</h2>
<p>Behind a skin of clay was a wall with paint on it: a row of donors in belted coats, each with a
lamp, each with a different face. One is a child. One has turned to look at the person behind him as
if he had just been told a joke. The colours are red earth, lamp black and a blue that must have come
across the mountains from Badakhshan.</p>
<p>There are inscriptions, three so far, in the Kharoshthi script that runs from right to left. The
longest appears to be a receipt. It records the gift of "two hundred coins and one cow" from a woman
whose name breaks off at the edge of the plaster.</p>
<p>Paint that has been damp for seventeen centuries does not thank you for fresh air. The wall was
open for nine hours. In that time it was photographed, covered with tissue, backed with gauze and
shut in again behind sandbags until a conservator can come from Lahore.</p>
<h2>The economics of a hole</h2>
<p>A carved head from such a site may fetch a few thousand rupees from the first buyer and several
thousand dollars from the last. The men who dig are paid by the night. Rabia Swati has employed four
of them by day instead. They are, she says, the best excavators in the valley, with an eye for a soil
change that no university could teach.</p>
<p>One of the four, who asked us to leave out his name, showed us how to tell a filled pit from
natural ground by the way that it sounds under the heel. "At night I was listening for the police," he
said. "In the day it is much easier to hear."</p>
<p>The owner of the goat has asked for compensation and for a signboard. He will get both. He would
like the sign to say, in three languages, who made the discovery.</p>
"""

CRICKET = """\
<p>They play on the old salt pan because it is the only flat ground in the district and because
nobody else wants it. The pitch is a strip of coconut matting held down with tent pegs. The boundary
is a line of turbans. When the sun touches the fort the shadow of the bowler reaches the batsman
before the ball does, and the umpire, who is also the baker, calls a halt.</p>
<p>On Friday there were eight balls to go, and Khost Zalmi needed eleven.</p>
<p>The match was against a side from across the frontier, refugees' sons who went to school in
Kohat and whose families have been coming home by the lorry-load. Each team claims to have taught the
other. The fathers learned the game in the camps, with a plank and a ball of rags and tape; the sons
have proper bats, two pairs of pads and a video camera on a tripod made from a ladder.</p>
<h2>The left-hander</h2>
<p>With the light going, the captain of Zalmi sent in a boy of fifteen named Spin Gul, who bats
left-handed because his right was hurt when he was small. He keeps the mended hand on top of the
handle as a sort of rudder. The first ball he left alone. The second he also left alone, to a groan
from the turbans. The third he put over the mosque.</p>
<p>"I was told, wait for the slower one," he explained afterwards. "They were all slower ones. I could
not see them leave his arm."</p>
<p>What followed will be discussed through the winter. A leg bye that may have struck a dog. A run-out
that everyone saw differently. With one ball to bowl and two to win, both captains walked to the
middle, looked at the sky and at the umpire, and agreed that the ball should be bowled in the morning
after prayers.</p>
<h2>One ball at six</h2>
<p>There were perhaps three hundred people on the pan on Friday. By six on Saturday there were two
thousand. Somebody had brought a drum. Vendors had come from town with boiled eggs. Spin Gul had not
slept, and neither had the bowler, who had spent the night, his mother told us, throwing rolled socks
at a wardrobe.</p>
<p>The ball was short, and rose, and he pulled it along the ground towards the fort, and ran, and
turned, and there was dust, and when the dust had gone the baker was standing with both arms stretched
out and nobody knew what he meant by it. He meant that he was overcome. It was two. Zalmi had won.</p>
<p>The losing captain carried Spin Gul on his shoulders as far as the road. They play again on Friday,
an hour earlier.</p>
"""

TRUCK_ART = """\
<p>The tiger has green eyes because the customer's daughter has green eyes, and he wanted to see them
when he looked in the mirror of the truck behind. This does not entirely make sense, Ustad Bilal Rang
concedes, but a man who is away for eleven months in the year may have his tiger as he likes.</p>
<p>Bilal has been painting lorries in a yard off Peshawar's ring road for thirty-four years. He
started at nine, washing brushes. He can do a falcon in forty minutes, a waterfall in an hour and a
film star in two, although he says that film stars have gone out. Now people ask for their own
sons.</p>
<p>A complete truck takes six men five weeks: carpenter, tinsmith, electrician, the boy who cuts
reflecting tape into peacocks, the chain-hanger and the painter. It costs more than many of the
drivers' houses. We asked one of them, Aurangzeb, why he did it. He looked at us as though we had
asked why people get married. "Because then it is not a truck," he said.</p>
<h2>Reading the tailgate</h2>
<p>There is a grammar. The crown above the cab is for heaven: mosques, mountains, verses. The sides are
for the world, which is to say partridges, fighter jets and lakes with a single boat. The tailgate is
for the heart. It is here that you find the tiger, the portrait, and the couplet in which the driver
addresses whoever is about to overtake him.</p>
<ul>
<li>"Do not envy me, brother: I am also paying instalments."</li>
<li>"The road is a bride and I am always late for the wedding."</li>
<li>"Sound your horn gently, my heart is asleep in the back."</li>
</ul>
<p>Bilal keeps a school exercise book with some nine hundred of them. He composed about a third
himself and will not say which.</p>
<h2>Vinyl</h2>
<p>Across the yard a young man with a laptop prints tigers on plastic sheet, at a quarter of the price,
in an afternoon. They are good tigers. They are all the same tiger. Bilal is not bitter about it; the
young man is his nephew, and comes over when the software will not give him the right red.</p>
<p>The right red, incidentally, is made from two imported tins and a spoonful of tea. We watched him
stir it. He painted a single whisker, stepped back, and spoke to the animal in a low voice. Then he put
a small white dot in each green eye, and it was looking at us.</p>
"""

RADIO = """\
<p>It is the size of a bread oven and stands on its own shelf above the samovar: a valve receiver in
a walnut case, made in Leipzig and bought in Kabul in the year of somebody's coronation. The tea house
at Gulbahar has changed hands four times. The set has always been listed in the bill of sale,
between the well and the carpets.</p>
<p>"My father could find three capitals on it with his eyes shut," says Ghausuddin, the present owner.
"He turned the knob as you would turn a key in the door of a house where people are sleeping."</p>
<p>This week the set was lent to an exhibition on a hundred years of wireless in Afghanistan, in the
old studio building beneath the transmitter mast. We went as one goes to look at photographs of one's
own relatives.</p>
<h2>The mast in the garden</h2>
<p>The first transmitter, a present from a foreign king to an Afghan one, could be heard as far as the
city wall. There were twenty receivers in the country and most were in the same palace. By the 1940s
loudspeakers hung from poles in the main bazaars, and a clerk was paid to switch them on for the news
and off before the music, or the other way about, depending on who was governor.</p>
<p>In one case lies a log kept by a studio engineer, Karim Shadab. His entries are short. <em>Singer
late. Singer very late. Mouse in organ. Coup.</em> The last is followed, on the same page and in the
same calm hand, by the frequency and the time at which the national anthem was played.</p>
<h2>Voices on the reel</h2>
<p>What remains on tape is less than anyone hoped and more than anyone had a right to. During the worst
years two archivists built a false wall before a storeroom and hung a portrait on it. Behind the wall
were some nine thousand reels. We listened to a serial about a miserly landlord, recorded live, in
which you can hear the actors turn a page together.</p>
<p>A young presenter named Husna Kargar guided us round. She broadcasts from a room with a mattress
against the door, for the acoustics, she says, chiefly. She asked to have her photograph taken with
Ghausuddin's set, one hand on the knob.</p>
<p>Someone found a socket. The valves took a minute to warm and turned the colour of tea. There was a
sound like rain, then a very faint voice, speaking a language none of us could name, and everyone in
the room leaned in, exactly as they must have done.</p>
"""

POETRY = """\
<p>The rule of the evening is that no poem may be read from a telephone. The second rule is that
anyone who says "this is only a small thing I wrote" must read twice. Both were broken within ten
minutes, to general satisfaction.</p>
<p>The poetry circle of Jalalabad meets under orange trees in the garden of a retired judge. There
were about a hundred and twenty people at it on Thursday, some forty of them women seated along the
eastern wall, and the power failed at the beginning, as if by arrangement. Somebody lit lanterns.
Somebody else said that electricity had never done anything for a couplet.</p>
<p>Four languages were heard. The oldest poet present, Baba Sahar Gul, recited in Pashto for eleven
minutes without a note. The youngest, a girl of sixteen, read nine lines in Dari on the subject of a
locked library, and the judge took off his spectacles and cleaned them for the whole length of the
applause.</p>
<h2>Call it back</h2>
<p>For those who have never been: the audience works. A good line is demanded again with a cry of
<em>mukarrar</em>; a very good one brings a groan, as if someone had been trodden on. A weak line gets
silence, and the poet speeds up. One young man in a pressed white collar met such a silence at his
fourth couplet. He stopped, said "you are right", and crossed it out with a pen. It was the loudest
applause of the night.</p>
<p>Landays, the two-line verses that women in the villages make and seldom sign, were read at the end by
a schoolteacher who collects them. She gave neither names nor places. One of them ran, in rough
translation:</p>
<blockquote><p>You crossed three borders for a wage, my love;</p>
<p>I have not crossed the yard since you went out.</p></blockquote>
<p>Nobody called for it again. It went round the garden in the dark from one wall to the other, and
people could be heard repeating it under their breath so as to take it home.</p>
"""

SPICE = """\
<p>Ask the price of green cardamom in Peshawar's old spice bazaar and you will first be asked the
price of the dollar. Only when that has been settled, and tea brought, does Haji Yaqub put a pod in
your palm. It has come from Guatemala. It came through Dubai, Bandar Abbas, Kandahar and a lorry
driver's jacket. It is the size of a fingernail and costs about as much as a bus ticket.</p>
<p>"A hundred years ago my grandfather knew the man who picked it," he says. "I know the man who
insures it."</p>
<p>The lane is not much wider than a loaded donkey. Awnings of sacking, orange and blue plastic meet
overhead, so that customers walk about in a coloured dusk and everyone looks slightly ill or slightly
holy, depending on the stall. There are sixty-two shops. In the past year the prices they chalk up
have changed, on average, every nine days.</p>
<h2>The index</h2>
<p>We asked six traders for the cost of one plain household's spices for a month: chilli, turmeric,
coriander seed, cumin, black pepper, salt and four pods of cardamom for guests. Two years ago it came
to 640 rupees. On Monday it was 1,130. Families, the traders said, drop the pepper first and the
cardamom last. Guests come even so.</p>
<p>One shop still has what the trade calls the honest shelf, where a customer short of money takes
what she needs and writes nothing down. Its keeper, Meraj Bibi, inherited it along with the lease. She
says that more is put on it than is taken off. She says it of every year, and has never checked.</p>
"""

KITES = """\
<p>Draft. The kite makers of Shor Bazaar say that tissue paper from China is too even: a kite needs a
weak side, or it has no character. Check with Ustad Noor Agha how he balances the bow.</p>
<p>"A straight kite is a letter with nothing in it," he told me, and cut another. There are some
thirty households in the lane who live from it between the first north wind and the last. Need the
figure for last year's sales and a second voice, preferably the woman who grinds the glass.</p>
<p>Ban and un-ban: list the years. Photograph of the bamboo being split, if he agrees.</p>
"""

WALNUTS = """\
<p>The walnut forests of the upper Kaghan valley are harvested from the top down, by boys, with a
stick. It has been done so for as long as anyone has owned a tree. It is also why one boy in every
village limps.</p>
<p>This season a cooperative of nine villages is trying something else: nets. They are slung between
the trunks like hammocks for giants, and the nuts are left to fall in their own time. The harvest
takes three weeks in place of five days. Nobody climbs.</p>
<p>"People laughed," says Gul Andama, who keeps the cooperative's books. "A tree that you wait for! Then
they saw the shells. A nut that is beaten down is bruised and the dealer takes a fifth off. A nut that
falls by itself he cannot argue with."</p>
<p>The nets were bought second-hand from a fishing harbour near Karachi and still smell of it on warm
days. Each family pays for its own in walnuts over two years. Of 214 climbers on the list last autumn,
sixty have gone up this time. The cooperative would like the number to be none, and has put the
village bone-setter, whose trade will suffer, on its committee.</p>
<p>He is in favour. He has a limp himself.</p>
"""

BREAD = """\
<p>The loaf has grown shorter. Nobody announced it. In the bakeries of Kabul's second district the
price has stayed at ten afghanis for a year, and a loaf that weighed 220 grams in the spring now
weighs 170. We bought thirty and put them on a jeweller's scale.</p>
<p>"If I raise the price, they shout," says Nanwai Sabur, leaning on his long wooden peel. "If I cut the
dough, they sigh. I can live with sighing."</p>
<p>Flour, firewood and the rent of the oven have each gone up by about a fifth. A municipal order of
some antiquity fixes the loaf's weight; inspectors have been round twice and, according to Sabur, are
very fond of bread.</p>
<p>Outside, women who cannot pay wait until the evening, when whatever is left is handed out. There
used to be eight of them. We counted fifty-three.</p>
"""

POSTS_EN_CULTURE = [
    Post(
        slug="two-hands-short-of-the-wall",
        headline="Two Hands Short Of The Wall",
        summary=(
            "Tomb robbers dug to within two hands of a painted chapel in Swat. A goat finished the "
            "discovery, and the robbers have been hired for the day shift."
        ),
        body_html=STUPA,
        language="en",
        section="culture",
        tags=["Archaeology", "Swat", "Gandharan art"],
        authors=["nadia-qizilbash"],
        days_ago=26.8,
        photo="ruined-stupa",
        caption="The Drum of the King, above the valley road.",
        credit="Illustration: Gandhara",
        alt_text=(
            "The round brick drum of a ruined stupa stands on a grassy hill above a hazy valley "
            "in evening light."
        ),
        comments=[
            Comment(
                name="Tariq Ali Shah",
                place="Saidu Sharif",
                text="As boys we slid down that drum on flattened tins. I apologise to the woman with the cow.",
                hours_after=3.8,
            ),
            Comment(
                name="Dr. Elke Maas",
                place="Leiden",
                text=(
                    "Nine hours is a model of restraint. Too many walls have been lost to the wish "
                    "for one more photograph."
                ),
                hours_after=12.6,
                replies=[
                    Comment(
                        name="Nadia Qizilbash",
                        place="Gandhara",
                        text="The director took four, and then put the lens cap on herself.",
                        hours_after=17.0,
                    ),
                ],
            ),
            Comment(
                name="Kiran",
                place="Kathmandu",
                text="Two hundred coins and one cow. Whose cow? I need to know more about the cow.",
                hours_after=22.2,
            ),
        ],
    ),
    Post(
        slug="the-last-ball-before-dark",
        headline="The Last Ball Before Dark",
        summary=(
            "On a salt pan in Khost two captains agreed to finish a cricket match at dawn. There was "
            "one ball left, and two thousand people came to watch it."
        ),
        body_html=CRICKET,
        language="en",
        section="culture",
        tags=["Cricket", "Khost", "Returnees"],
        authors=["nadia-qizilbash", "palwasha-zmaryal"],
        days_ago=60.1,
        photo="cricket-evening",
        caption="Evening on the pan: the bowler's shadow arrives first.",
        credit="Illustration: Gandhara",
        alt_text=(
            "Small figures play cricket on a dusty ground at sunset, casting long shadows, with a "
            "fort and hills behind."
        ),
        comments=[
            Comment(
                name="Javed from the third team",
                place="Kohat",
                text="It did hit the dog. I know the dog.",
                hours_after=2.7,
                replies=[
                    Comment(
                        name="Spin Gul's uncle",
                        place="Khost",
                        text="The dog has given a statement and denies it.",
                        hours_after=4.1,
                        replies=[
                            Comment(
                                name="Javed from the third team",
                                place="Kohat",
                                text="Then we shall ask him again on Friday, an hour earlier.",
                                hours_after=5.0,
                            ),
                        ],
                    ),
                ],
            ),
            Comment(
                name="Winston Pryce",
                place="Bridgetown",
                text="Coconut matting, bad light and a baker for umpire. I grew up on that ground.",
                hours_after=15.5,
            ),
        ],
    ),
    Post(
        slug="tigers-on-the-tailgate",
        headline="Tigers On The Tailgate",
        summary=(
            "A truck painter in Peshawar explains where to put heaven, where to put the world, and "
            "why vinyl tigers are all the same tiger."
        ),
        body_html=TRUCK_ART,
        language="en",
        section="culture",
        tags=["Truck art", "Crafts", "Peshawar", "Drivers"],
        authors=["shahbaz-marwat", "nadia-qizilbash"],
        days_ago=82.5,
        photo="painted-truck",
        caption="The yard off the ring road, where a truck takes five weeks to stop being a truck.",
        credit="Illustration: Gandhara",
        alt_text=(
            "A lavishly painted truck with a tall crown, flowers, birds and hanging chains stands "
            "in a workshop yard."
        ),
        comments=[
            Comment(
                name="Aliya Rind",
                place="Gwadar",
                text=(
                    "Seen yesterday on the coastal highway: 'I have overtaken everything except my "
                    "debts.' Please add it to the exercise book."
                ),
                hours_after=6.2,
            ),
            Comment(
                name="Mats",
                place="Malmö",
                text="Does Ustad Bilal take commissions for bicycles?",
                hours_after=28.0,
            ),
        ],
    ),
    Post(
        slug="mouse-in-organ-coup",
        headline="Mouse In Organ. Coup.",
        summary=(
            "An exhibition in Kabul looks back at a century of radio, by way of a walnut receiver, "
            "an engineer's log and nine thousand tapes behind a false wall."
        ),
        body_html=RADIO,
        language="en",
        section="culture",
        tags=["Radio", "History", "Kabul"],
        authors=["anton-verhelst", "nadia-qizilbash"],
        days_ago=104.9,
        photo="radio-mast-night",
        caption="The mast above the old studio, still on the air.",
        credit="Illustration: Gandhara",
        alt_text=(
            "A tall radio mast with red lights rises beside a low studio building with one lit "
            "window, under a starry night sky."
        ),
        comments=[
            Comment(
                name="Ghezal",
                place="Fremont, California",
                text=(
                    "My aunt was the voice of the landlord's daughter. She turned her pages very "
                    "softly and always blamed the landlord."
                ),
                hours_after=7.1,
            ),
            Comment(
                name="Nikolai P.",
                place="Tashkent",
                text="Is the frequency in the log legible? I collect such things. It would settle a wager.",
                hours_after=19.9,
            ),
        ],
    ),
    Post(
        slug="poems-under-the-orange-trees",
        headline="Poems Under The Orange Trees",
        summary=(
            "In Jalalabad a hundred and twenty people sat in the dark to hear poems in four "
            "languages. Weak lines were met with silence; one was crossed out on the spot."
        ),
        body_html=POETRY,
        language="en",
        section="culture",
        tags=["Poetry", "Jalalabad", "Languages"],
        authors=["palwasha-zmaryal"],
        days_ago=133.2,
        photo="orange-garden",
        caption="Lanterns in the judge's garden, after the power went.",
        credit="Illustration: Gandhara",
        alt_text=(
            "Lanterns hang in orange trees at night above a seated crowd, with one standing figure "
            "reading from a page."
        ),
        forum="closed",
    ),
    Post(
        slug="the-price-of-four-cardamom-pods",
        headline="The Price Of Four Cardamom Pods",
        summary=(
            "A month's spices for one household in Peshawar cost 640 rupees two years ago. We went "
            "round the old bazaar to ask what they cost now, and what people give up first."
        ),
        body_html=SPICE,
        language="en",
        section="notebook",
        tags=["Prices", "Trade", "Peshawar"],
        authors=["shahbaz-marwat"],
        days_ago=9.1,
        photo="bazaar-street",
        caption="A coloured dusk: the spice lane at noon.",
        credit="Illustration: Gandhara",
        alt_text=(
            "A narrow bazaar lane runs between stalls under orange, red and blue awnings, with "
            "shafts of light and shoppers."
        ),
        comments=[
            Comment(
                name="Shagufta",
                place="Peshawar",
                text="The honest shelf is real. My mother used it for a year and now fills it every Eid.",
                hours_after=9.4,
            ),
            Comment(
                name="Lorenzo",
                place="Trieste",
                text="We had such a shelf for coffee. It did not outlast the second inflation.",
                hours_after=23.0,
            ),
        ],
    ),
    Post(
        slug="fifty-grams-of-bread",
        headline="Fifty Grams Of Bread",
        summary="In Kabul the price of a loaf has not moved for a year. The loaf has.",
        body_html=BREAD,
        language="en",
        section="notebook",
        tags=["Prices", "Bread", "Kabul"],
        authors=["palwasha-zmaryal"],
        days_ago=3.4,
        comments=[
            Comment(
                name="Basira",
                place="Kabul",
                text="You may weigh ours as well. Third district, 165 grams, and burnt on one side.",
                hours_after=1.1,
            ),
        ],
    ),
    Post(
        slug="kite-makers-of-shor-bazaar",
        headline="The Weak Side Of A Kite",
        summary="Notes for a piece on the kite makers of Shor Bazaar.",
        body_html=KITES,
        language="en",
        section="culture",
        tags=["Crafts", "Kabul"],
        authors=["nadia-qizilbash"],
        days_ago=0.1,
        forum="open",
        status="draft",
    ),
    Post(
        slug="a-tree-you-wait-for",
        headline="A Tree You Wait For",
        summary=(
            "Nine villages in Kaghan have stopped sending boys up walnut trees and hung out "
            "second-hand fishing nets instead."
        ),
        body_html=WALNUTS,
        language="en",
        section="pakistan",
        tags=["Farming", "Kaghan", "Children"],
        authors=["idris-kohistani"],
        days_ago=-3.0,
        photo="walnut-valley",
        caption="Nets slung under the walnut trees above the river.",
        credit="Illustration: Gandhara",
        alt_text="Walnut trees in autumn colour stand on a slope above a river, with nets slung between them.",
        status="published",
    ),
    Post(
        slug="who-owns-a-dead-mans-number",
        headline="Who Owns A Dead Man's Number?",
        summary=(
            "When a telephone number is reissued, someone's lost son picks up as a stranger. A note "
            "on a small cruelty that could be mended."
        ),
        body_html="""\
<p>A woman in Ghazni rings her son's number on the first of every month. He was killed four years
ago. She never expected an answer; she liked to hear the network's recorded lady say that the
subscriber was not available, which left the matter open.</p>
<p>In the spring somebody answered. He was a student in Mazar, polite and alarmed, who had bought the
card from a kiosk. Now she rings him, and he lets her. He says that he has learned not to speak
first.</p>
<p>Operators here reissue a number after ninety days of silence. Elsewhere it is a year, or never. We
asked three companies what it would cost to rest the numbers of the dead for longer. One replied. It
said that there was no form for it.</p>
<p>Somebody should print the form. It needs two lines: <em>whose it was</em> and <em>for how long may
we let it ring</em>.</p>
""",
        language="en",
        section="notebook",
        tags=["Telephones", "Ghazni", "Families"],
        authors=["anton-verhelst"],
        days_ago=0.6,
        status="in_review",
    ),
]
