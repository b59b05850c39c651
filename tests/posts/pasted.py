"""What people paste, and what is to become of it: in the editor at once, and on the server again.

`SAMPLES` maps a sentence to (pasted, kept). The fragments are those that Word 2019 and Google Docs
put on the clipboard, shortened.
"""

WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office">
<head><meta name=Generator content="Microsoft Word 15"><style><!-- p.MsoNormal {margin:0} --></style>
<!--[if gte mso 9]><xml><w:WordDocument></w:WordDocument></xml><![endif]--></head>
<body lang=EN-US><!--StartFragment-->
<h1>The <b>dam</b></h1>
<p class=MsoNormal style='margin-bottom:8.0pt'><span lang=EN-US style='mso-fareast-language:EN-US'>Snow “fell”&nbsp;&nbsp;&nbsp; here, <i>early</i>.<o:p></o:p></span></p>
<p class=MsoNormal><o:p>&nbsp;</o:p></p>
<p class=MsoListParagraphCxSpFirst style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]><span style='font-family:Symbol'><span style='mso-list:Ignore'>·<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;&nbsp; </span></span></span><![endif]>First<o:p></o:p></p>
<p class=MsoListParagraphCxSpMiddle style='mso-list:l0 level2 lfo1'><!--[if !supportLists]--><span><span style='mso-list:Ignore'>o<span>&nbsp;&nbsp; </span></span></span><!--[endif]-->Deeper</p>
<p class=MsoListParagraphCxSpLast style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>·<span>&nbsp; </span></span>Second</p>
<p class=MsoListParagraph style='mso-list:l1 level1 lfo2'><span style='mso-list:Ignore'>3.<span>&nbsp; </span></span>Three</p>
<p class=MsoListParagraph>1. Typed by hand</p>
<p class=MsoNormal dir=RTL style='direction:rtl;unicode-bidi:embed'><span lang=FA>می‌شود</span></p>
<!--EndFragment--></body></html>"""

WORD_KEPT = (
    "<h2>The dam</h2><p>Snow “fell” here, <i>early</i>.</p>"
    "<ul><li>First<ul><li>Deeper</li></ul></li><li>Second</li></ul>"
    '<ol start="3"><li>Three</li><li>Typed by hand</li></ol>'
    '<p dir="rtl"><span lang="fa-AF">می‌شود</span></p>'
)

DOCS = """<meta charset="utf-8"><b style="font-weight:normal;" id="docs-internal-guid-4f1">
<p dir="ltr" style="line-height:1.38;margin-top:0pt"><span style="font-size:11pt;font-weight:400;font-style:normal">Plain, </span><span style="font-size:11pt;font-weight:700">bold</span><span style="font-style:italic"> and light</span></p><br />
<ul style="margin-top:0"><li dir="ltr" style="list-style-type:disc"><span style="font-weight:400">one</span></li></ul></b><br class="Apple-interchange-newline">"""

# The direction of an English post is left out by the editor, which knows the post.
DOCS_KEPT = (
    "<p>Plain, <strong>bold</strong><em> and light</em></p><ul><li>one</li></ul>"
)  # fmt: skip

SAMPLES = {
    "a page of Word": (WORD, WORD_KEPT),
    "boxes become paragraphs": (
        "<div>a</div><div><br></div><div>b <font color=red>c</font></div>",
        "<p>a</p><p>b c</p>",
    ),
    "loose words between boxes become a paragraph": ("x<div>y</div>z", "<p>x</p><p>y</p><p>z</p>"),
    "a box's direction goes to its paragraphs": (
        '<div dir="rtl" lang="ur"><p>برف</p><p>سڑک</p></div>',
        '<p lang="ur" dir="rtl">برف</p><p lang="ur" dir="rtl">سڑک</p>',
    ),
    "bold around boxes stays with their words": (
        "<b>x<div>y</div></b>",
        "<p><b>x</b></p><p><b>y</b></p>",
    ),
    "a style that strikes out": (
        '<p>not <span style="text-decoration: line-through">this</span></p>',
        "<p>not <s>this</s></p>",
    ),
    "small figures": (
        '<p>H<span style="vertical-align:sub">2</span>O</p>',
        "<p>H<sub>2</sub>O</p>",
    ),
    "bold that is none": ('<p><b style="font-weight:400">plain</b></p>', "<p>plain</p>"),
    "joiners and isolates stay, overrides go": (
        "<div>می\u200cشود \u2067x\u2069 a\u202eb\u202c\ufeff</div>",
        "<p>می\u200cشود \u2067x\u2069 ab</p>",
    ),
    "one fixed space stays, a run of them is one space": (
        "<div>10&nbsp;km&nbsp;&nbsp; on</div>",
        "<p>10&nbsp;km on</p>",
    ),
    "headings have three sizes": (
        "<h1>a</h1><h2>b</h2><h5>c</h5>",
        "<h2>a</h2><h2>b</h2><h4>c</h4>",
    ),
    "a list right in a list": (
        '<ul style="x"><li>a</li><ul><li>b</li></ul></ul>',
        "<ul><li>a<ul><li>b</li></ul></li></ul>",
    ),
    "a picture from elsewhere leaves its link": (
        '<p><a href="https://news.example/a"><img src="https://news.example/a.jpg" alt="Dam"></a></p>',
        '<p><a href="https://news.example/a" rel="noopener">Dam</a></p>',
    ),
}  # fmt: skip
