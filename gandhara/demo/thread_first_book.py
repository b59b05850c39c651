"""The long reader thread under the article about mother-tongue schoolbooks."""

from .shapes import Comment

THREAD_FIRST_BOOK = [
    Comment(
        name="Noor Shinwari",
        place="Mardan",
        text=(
            "I taught class one for nineteen years. Every autumn I spent four months teaching Urdu "
            "by shouting and pointing before anyone could learn a letter. If the new book gives me "
            "back those four months I will carry it to school on my head."
        ),
        hours_after=1.4,
        replies=[
            Comment(
                name="Sher Afzal",
                place="Rawalpindi",
                text=(
                    "With respect, teacher sahib, the children will have to do those four months "
                    "some day. You are only moving the bill to class three."
                ),
                hours_after=2.2,
                replies=[
                    Comment(
                        name="Noor Shinwari",
                        place="Mardan",
                        text=(
                            "Moving it to a child who can already read. That is a smaller bill. "
                            "You do not teach swimming and diving on the same morning."
                        ),
                        hours_after=3.0,
                        replies=[
                            Comment(
                                name="Sher Afzal",
                                place="Rawalpindi",
                                text=(
                                    "A good line. But is it so? I learned to read straight in "
                                    "Urdu, from a Punjabi-speaking house, and here I am arguing "
                                    "in English."
                                ),
                                hours_after=3.6,
                                replies=[
                                    Comment(
                                        name="Dr. Iffat Zaman",
                                        place="Peshawar",
                                        text=(
                                            "You are here, and that is the difficulty with asking "
                                            "those who made it. In our survey of 1,900 adults who "
                                            "left before class five, two in three said they 'did "
                                            "not understand the teacher'. They are not on this "
                                            "page. A summary is at "
                                            "https://example.org/surveys/early-leavers"
                                        ),
                                        hours_after=5.1,
                                        replies=[
                                            Comment(
                                                name="Sher Afzal",
                                                place="Rawalpindi",
                                                text=(
                                                    "I have read it. It is better than I wanted "
                                                    "it to be. Did you ask how many of the "
                                                    "teachers had beaten them? I ask seriously."
                                                ),
                                                hours_after=9.8,
                                                replies=[
                                                    Comment(
                                                        name="Dr. Iffat Zaman",
                                                        place="Peshawar",
                                                        text=(
                                                            "We did. Forty-one per cent. And the "
                                                            "reason most often given for the "
                                                            "beating was a wrong answer in a "
                                                            "language the child did not speak."
                                                        ),
                                                        hours_after=11.3,
                                                        replies=[
                                                            Comment(
                                                                name="Sher Afzal",
                                                                place="Rawalpindi",
                                                                text=(
                                                                    "Then I have nothing clever "
                                                                    "to say. Print the books."
                                                                ),
                                                                hours_after=12.0,
                                                                replies=[
                                                                    Comment(
                                                                        name="Noor Shinwari",
                                                                        place="Mardan",
                                                                        text=(
                                                                            "Come and teach class "
                                                                            "three. I hear there "
                                                                            "will be a bill."
                                                                        ),
                                                                        hours_after=12.4,
                                                                    ),
                                                                ],
                                                            ),
                                                        ],
                                                    ),
                                                    Comment(
                                                        name="Bakht Zada",
                                                        place="Dubai",
                                                        text=(
                                                            "I was one of the forty-one. I drive a "
                                                            "crane now. I can read the load chart "
                                                            "and nothing else with pleasure."
                                                        ),
                                                        hours_after=14.9,
                                                    ),
                                                ],
                                            ),
                                        ],
                                    ),
                                ],
                            ),
                        ],
                    ),
                ],
            ),
            Comment(
                name="ګلالۍ",
                place="صوابۍ",
                text="استاده، زه ستا شاګرده وم. ما لیک لوست په څلورم ټولګي کې زده کړ، هغه هم په کور کې له مور څخه.",
                language="ps",
                hours_after=6.7,
                replies=[
                    Comment(
                        name="Noor Shinwari",
                        place="Mardan",
                        text="ګلالۍ لورې، ستا خط لا اوس هم رانه هېر نه دی. مور ته دې سلام وایه.",
                        language="ps",
                        hours_after=7.5,
                    ),
                ],
            ),
        ],
    ),
    Comment(
        name="Meher-un-Nisa",
        place="Kalam",
        text=(
            "I am glad that you asked the Gawri mother. Every time a 'regional language' is "
            "promoted it is the largest one in the region, and the rest of us are expected to clap."
        ),
        hours_after=2.9,
        replies=[
            Comment(
                name="Amir Hatam",
                place="Bahrain, Swat",
                text=(
                    "We printed a Torwali primer ourselves: sixty pages, a borrowed printer, one "
                    "term's salary. It can be done if nobody waits for a committee."
                ),
                hours_after=4.4,
                replies=[
                    Comment(
                        name="Meher-un-Nisa",
                        place="Kalam",
                        text="Would you send me a copy? We have the stories but not the alphabet.",
                        hours_after=5.9,
                        replies=[
                            Comment(
                                name="Amir Hatam",
                                place="Bahrain, Swat",
                                text=(
                                    "Gladly. We settled four extra letters in an afternoon, "
                                    "because the printer's battery was dying."
                                ),
                                hours_after=8.1,
                            ),
                        ],
                    ),
                    Comment(
                        name="Claire Fontanel",
                        place="Rennes",
                        text=(
                            "My grandmother was punished for speaking Breton in the school yard. "
                            "Today they pay me to teach it to bankers. Start early, it is cheaper."
                        ),
                        hours_after=16.2,
                    ),
                ],
            ),
            Comment(
                name="زاہدہ پروین",
                place="Abbottabad",
                text=(
                    "Hindko speakers have the same complaint in their own city. But a reader in "
                    "one neglected language is not an insult to the next. It is a precedent."
                ),
                hours_after=10.0,
            ),
        ],
    ),
    Comment(
        name="Rashid Minhas Bhatti",
        place="Sialkot",
        text=(
            "One country needs one language in school. Otherwise in thirty years we shall need "
            "interpreters between Mardan and Multan."
        ),
        hours_after=3.3,
        replies=[
            Comment(
                name="Hafeez ur Rehman",
                place="Quetta",
                text=(
                    "In Quetta a vegetable seller uses four languages before breakfast and nobody "
                    "has yet needed an interpreter, only small change."
                ),
                hours_after=4.0,
                replies=[
                    Comment(
                        name="Rashid Minhas Bhatti",
                        place="Sialkot",
                        text=(
                            "Speaking four is not reading four. I do not object to the languages; "
                            "I object to four sets of examinations."
                        ),
                        hours_after=6.1,
                    ),
                    Comment(
                        name="نسرین کاسی",
                        place="کوئٹہ",
                        text="بچہ پہلی جماعت میں ہے، مقابلے کے امتحان میں نہیں۔ پہلے اسے پڑھنا تو سیکھنے دیں۔",
                        language="ur",
                        hours_after=7.2,
                        replies=[
                            Comment(
                                name="Hafeez ur Rehman",
                                place="Quetta",
                                text="بی بی نے وہ بات ایک سطر میں کہہ دی جس پر میں کالم لکھنے والا تھا۔",
                                language="ur",
                                hours_after=9.0,
                            ),
                        ],
                    ),
                ],
            ),
            Comment(
                name="shaheen_1947",
                place="",
                text="Send all of you people back over the border with your books.",
                status="rejected",
                hours_after=5.0,
                replies=[
                    Comment(
                        name="Hafeez ur Rehman",
                        place="Quetta",
                        text="My family has been on this side of it since before it was drawn, brother.",
                        hours_after=5.3,
                    ),
                    Comment(
                        name="Rashid Minhas Bhatti",
                        place="Sialkot",
                        text=(
                            "I started this branch and I do not want that kind of support. Please "
                            "stay with the argument."
                        ),
                        hours_after=6.4,
                        replies=[
                            Comment(
                                name="Noor Shinwari",
                                place="Mardan",
                                text="That was well said, from someone I disagree with entirely.",
                                hours_after=6.9,
                            ),
                        ],
                    ),
                ],
            ),
        ],
    ),
    Comment(
        name="عزیزالله پنجشیری",
        place="کابل",
        text=(
            "در افغانستان سال‌هاست که کتاب درسی به چند زبان چاپ می‌شود، اما معلمی که همان زبان را "
            "بداند به مکتب نمی‌رسد. کتاب بدون معلم فقط کاغذ است."
        ),
        language="fa-AF",
        hours_after=8.6,
        replies=[
            Comment(
                name="Wazhma Kakar",
                place="Hamburg",
                text="دا خبره سمه ده، خو ښوونکی هم هغه وخت روزل کېږي چې کتاب موجود وي. له یوه ځایه باید پیل وشي.",
                language="ps",
                hours_after=10.7,
                replies=[
                    Comment(
                        name="عزیزالله پنجشیری",
                        place="کابل",
                        text="درست می‌گویید. پس بیایید هر دو را با هم بخواهیم و منتظر یکی نمانیم.",
                        language="fa-AF",
                        hours_after=13.1,
                    ),
                    Comment(
                        name="Tor Pekai",
                        place="Khost",
                        text="په خوست کې مو دواړه پیل کړل. لومړی کال ګډوډ و، دویم کال ماشومانو پخپله کیسې ولیکلې.",
                        language="ps",
                        hours_after=15.0,
                    ),
                ],
            ),
        ],
    ),
    Comment(
        name="David Okonjo",
        place="Nairobi",
        text=(
            "We have had this debate since independence. What settled it for me was watching my "
            "daughter explain a maths problem to her grandmother. Only one language let her do it."
        ),
        hours_after=18.8,
        replies=[
            Comment(
                name="Sher Bano",
                place="Mingora",
                text="My son explained the water cycle to our buffalo. In Pashto. It seemed convinced.",
                hours_after=21.0,
            ),
        ],
    ),
    Comment(
        name="Kamran, father of three",
        place="Nowshera",
        text="Will the reader be sold in shops? I should like to learn to read my own language too.",
        hours_after=24.5,
        replies=[
            Comment(
                name="Palwasha Zmaryal",
                place="Gandhara",
                text=(
                    "It is printed for the pilot schools only, but the editors tell me that a file "
                    "will be free to copy after the first term. We will post the address."
                ),
                hours_after=29.0,
            ),
        ],
    ),
    Comment(
        name="Ustad Karima's former pupil",
        place="Mardan",
        text="She still does the goat! She did the goat in 2004.",
        hours_after=33.2,
    ),
    Comment(
        name="Imran D.",
        place="Charsadda",
        text="When will the results of the pilot be published in full?",
        status="pending",
        hours_after=60.0,
    ),
]
