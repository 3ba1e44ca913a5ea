"""Writes report.pdf, the original that damages are planted in, in the text form of qpdf, which is edited by hand.

Run by hand in this folder, with pikepdf 10, fontTools 4.6 and qpdf 11 at hand; the file is committed:
    python3 report.py
"""

import re
import subprocess
import zlib

import pikepdf
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from pikepdf import Array, Dictionary, Name, String

WIDTH, HEIGHT = 500, 160


def shapes_font(path):
    """A TrueType font whose letters A to H are shapes that nobody mistakes for each other."""

    def glyph(*boxes):
        pen = TTGlyphPen(None)
        for left, bottom, right, top in boxes:
            pen.moveTo((left, bottom))
            pen.lineTo((left, top))
            pen.lineTo((right, top))
            pen.lineTo((right, bottom))
            pen.closePath()
        return pen.glyph()

    outlines = {
        ".notdef": glyph(),
        "A": glyph((50, 0, 250, 700), (350, 0, 550, 700)),
        "B": glyph((50, 0, 550, 200), (50, 500, 550, 700)),
        "C": glyph((50, 0, 150, 700), (150, 300, 550, 400)),
        "D": glyph((50, 0, 550, 300)),
        "E": glyph((200, 0, 400, 700)),
        "F": glyph((50, 250, 550, 450)),
        "G": glyph((50, 0, 150, 150), (450, 550, 550, 700)),
        "H": glyph((50, 550, 550, 700), (250, 0, 350, 550)),
    }
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder(list(outlines))
    builder.setupCharacterMap({ord(name): name for name in outlines if len(name) == 1})
    builder.setupGlyf(outlines)
    builder.setupHorizontalMetrics({name: (600, 50) for name in outlines})
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable({"familyName": "Shapes", "styleName": "Regular", "psName": "Shapes"})
    builder.setupOS2(sTypoAscender=800, sTypoDescender=-200, usWinAscent=800, usWinDescent=200)
    builder.setupPost()
    builder.save(path)
    with open(path, "rb") as file:
        return file.read()


def photo(width, height):
    """A soft picture in colour with a few things on it."""
    samples = bytearray()
    for y in range(height):
        for x in range(width):
            inside = (x - 20) ** 2 + (y - 24) ** 2 < 150
            stripe = 44 <= x < 58 and y % 16 < 8
            red, green, blue = 60 + 3 * x, 200 - 3 * y, 120 + 2 * x - y
            if inside:
                red, green, blue = 220, 40, 30
            if stripe:
                red, green, blue = 20, 60, 160
            samples += bytes(max(0, min(255, each)) for each in (red, green, blue))
    return bytes(samples)


def report():
    pdf = pikepdf.new()

    def add(value):
        return pdf.make_indirect(value)

    def stream(data, packed=False, **entries):
        made = pikepdf.Stream(pdf, zlib.compress(data, 9) if packed else data)
        for key, value in entries.items():
            made[f"/{key}"] = value
        if packed:
            made["/Filter"] = Name.FlateDecode
        return add(made)

    def helvetica(bold=False):
        name = Name("/Helvetica-Bold" if bold else "/Helvetica")
        return add(Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=name, Encoding=Name.WinAnsiEncoding))

    # Fonts: the same twice, a bold one, and one of shapes with codes of two bytes.
    one, two, bold = helvetica(), helvetica(), helvetica(True)
    program = shapes_font("/tmp/shapes.ttf")
    file = stream(program, True, Length1=len(program))
    descriptor = add(
        Dictionary(Type=Name.FontDescriptor, FontName=Name("/ABCDEF+Shapes"), Flags=4, FontBBox=[0, -200, 600, 800],
                   ItalicAngle=0, Ascent=800, Descent=-200, CapHeight=700, StemV=80, FontFile2=file))
    order = stream(bytes(byte for glyph in range(9) for byte in (0, glyph)))
    said = "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Said def\n" \
           "1 begincodespacerange <0000> <ffff> endcodespacerange\n" \
           "1 beginbfrange <0001> <0008> <0041> endbfrange\nendcmap end end"
    below = add(
        Dictionary(Type=Name.Font, Subtype=Name.CIDFontType2, BaseFont=Name("/ABCDEF+Shapes"), DW=600,
                   CIDSystemInfo=Dictionary(Registry=String("Adobe"), Ordering=String("Identity"), Supplement=0),
                   FontDescriptor=descriptor, CIDToGIDMap=order))
    shapes = add(
        Dictionary(Type=Name.Font, Subtype=Name.Type0, BaseFont=Name("/ABCDEF+Shapes"), Encoding=Name("/Identity-H"),
                   DescendantFonts=[below], ToUnicode=stream(said.encode())))

    # Pictures.
    rgb = Name.DeviceRGB
    picture = stream(photo(64, 48), Type=Name.XObject, Subtype=Name.Image, Width=64, Height=48, ColorSpace=rgb,
                     BitsPerComponent=8)
    palette = pikepdf.String(bytes([200, 30, 30, 30, 160, 40, 30, 60, 200, 240, 200, 40]))
    indexed = stream(bytes(0b00011011 if (y // 4) % 2 else 0b11100100 for y in range(16) for x in range(4)),
                     Type=Name.XObject, Subtype=Name.Image, Width=16, Height=16, BitsPerComponent=2,
                     ColorSpace=[Name.Indexed, rgb, 3, palette])
    bilevel = stream(bytes(each for y in range(32) for each in ((0xFF, 0xC3, 0xC3, 0xFF) if y % 8 < 4 else (0x0F,) * 4)),
                     Type=Name.XObject, Subtype=Name.Image, Width=32, Height=32, BitsPerComponent=1,
                     ColorSpace=Name.DeviceGray, Decode=[0, 1])
    grey_as_rgb = stream(bytes(each for y in range(32) for x in range(32) for each in (4 * x + 4 * y,) * 3), True,
                         Type=Name.XObject, Subtype=Name.Image, Width=32, Height=32, ColorSpace=rgb, BitsPerComponent=8)
    soft = stream(bytes(min(255, 8 * x) for y in range(32) for x in range(32)), True, Type=Name.XObject,
                  Subtype=Name.Image, Width=32, Height=32, ColorSpace=Name.DeviceGray, BitsPerComponent=8)
    masked = stream(bytes([200, 20, 20] * 16), Type=Name.XObject, Subtype=Name.Image, Width=4, Height=4, ColorSpace=rgb,
                    BitsPerComponent=8, SMask=soft)
    box = [0, 0, 60, 40]
    form = stream(b"0 0.4 0.2 rg 0 0 60 40 re f 1 g BT /F2 9 Tf 6 16 Td (Form 77) Tj ET", Type=Name.XObject,
                  Subtype=Name.Form, BBox=box, Resources=Dictionary(Font=Dictionary(F2=two)))
    unused = stream(b"0 0 5 5 re f % drawn by nobody", Type=Name.XObject, Subtype=Name.Form, BBox=box)

    # Layers: one that is seen and one that is not.
    shown = add(Dictionary(Type=Name.OCG, Name=String("Shown")))
    hidden = add(Dictionary(Type=Name.OCG, Name=String("Hidden")))

    first = b"""BT /F1 10 Tf 20 140 Td (Invoice 2024-117 for Ada Lovelace, London) Tj ET
BT /F1 10 Tf 20 124 Td (Total due: 1234.50 EUR until 31 March 2025) Tj ET
BT /F1 10 Tf 20 108 Td (Interest is 12.5 per cent of what is open) Tj ET
1 0 0 rg BT /F2 10 Tf 20 92 Td (overdue since March) Tj ET
0 0 0.8 rg BT /F2 10 Tf 20 76 Td (please call us) Tj ET
0 g BT /F1 8 Tf 160 76 Td (12) Tj ET
BT /F1 8 Tf 169 76 Td (.) Tj ET
BT /F1 8 Tf 171.3 76 Td (5 kg) Tj ET
0.5 w 260 70 m 480 70 l S
0.5 w 260 100 m 480 100 l S
0.5 w 260 130 m 480 130 l S
0.3 w 340 70 m 340 130 l S
BT /F3 10 Tf 265 110 Td (Item) Tj 80 0 Td (Price) Tj ET
BT /F1 10 Tf 265 80 Td (Engine) Tj 80 0 Td (1234.50) Tj ET
"""
    second = b"""q 90 0 0 60 20 80 cm /Photo Do Q
q 40 0 0 40 130 100 cm /Indexed Do Q
q 40 0 0 40 190 100 cm /Bilevel Do Q
q 40 0 0 40 250 100 cm /Grey Do Q
q 0.9 0.9 0.2 rg 310 95 60 50 re f 40 0 0 40 320 100 cm /Masked Do Q
q 1 0 0 1 400 100 cm /Form Do Q
q 0 0 1 rg 20 20 60 40 re f /Half gs 1 0 0 rg 50 10 60 40 re f Q
/OC /Seen BDC 0 0.5 0 rg 140 20 50 40 re f EMC
/OC /Unseen BDC 0.5 0 0.5 rg 220 20 50 40 re f EMC
q 30 0 0 30 290 25 cm
BI /W 4 /H 4 /BPC 8 /CS /G ID 0@P`0@P`P`0@@0`P
EI Q
BT /F2 10 Tf 340 30 Td (Pictures of 1997) Tj ET
"""
    third = b"""/P <</MCID 0>> BDC BT /F1 12 Tf 20 130 Td (Annual report) Tj ET EMC
/P <</MCID 1>> BDC BT /F4 14 Tf 20 90 Td <00010002000300040005000600070008> Tj ET EMC
/Figure <</MCID 2>> BDC q 60 0 0 40 300 60 cm /Photo Do Q EMC
/P <</MCID 3>> BDC BT /F1 10 Tf 20 50 Td (This is the last page, no. 3) Tj ET EMC
"""
    tree = add(Dictionary(Type=Name.Pages, MediaBox=[0, 0, WIDTH, HEIGHT], Count=3))
    fonts = Dictionary(F1=one, F2=two, F3=bold, F4=shapes)

    def page(contents, resources, **entries):
        return add(Dictionary(Type=Name.Page, Parent=tree, Contents=stream(contents), Resources=resources, **entries))

    pages = [
        page(first, Dictionary(Font=fonts), Thumb=stream(b"\x80" * 48, Width=4, Height=4, ColorSpace=rgb, BitsPerComponent=8),
             PieceInfo=Dictionary(Editor=Dictionary(LastModified=String("D:20240101000000Z"), Private=String("x" * 60)))),
        page(second, Dictionary(
            Font=fonts,
            XObject=Dictionary(Photo=picture, Indexed=indexed, Bilevel=bilevel, Grey=grey_as_rgb, Masked=masked, Form=form,
                               Unused=unused),
            ExtGState=Dictionary(Half=Dictionary(Type=Name.ExtGState, ca=0.5)),
            Properties=Dictionary(Seen=shown, Unseen=hidden))),
        page(third, Dictionary(Font=fonts, XObject=Dictionary(Photo=picture)), StructParents=0, Tabs=Name.S,
             CropBox=[0, 0, WIDTH, HEIGHT], TrimBox=[10, 10, WIDTH - 10, HEIGHT - 10], Rotate=0),
    ]
    tree.Kids = Array(pages)

    # Annotations and fields.
    def annotation(kind, rect, **entries):
        return add(Dictionary(Type=Name.Annot, Subtype=Name("/" + kind), Rect=rect, F=4, **entries))

    def appearance(contents, width, height):
        return stream(contents, Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, width, height],
                      Resources=Dictionary(Font=Dictionary(Helv=one)))

    def embedded(name, data):
        return add(Dictionary(Type=Name.Filespec, F=String(name), UF=String(name),
                              EF=Dictionary(F=stream(data, Type=Name.EmbeddedFile))))

    border = [0, 0, 0]
    name_field = annotation("Widget", [20, 20, 120, 36], FT=Name.Tx, T=String("name"), TU=String("Your name"), V=String("Ada"),
                            DA=String("/Helv 10 Tf 0 g"), Ff=2,
                            AP=Dictionary(N=appearance(b"/Tx BMC BT /Helv 10 Tf 2 4 Td (Ada) Tj ET EMC", 100, 16)))
    box_field = annotation("Widget", [140, 20, 156, 36], FT=Name.Btn, T=String("agreed"), V=Name.Yes, AS=Name.Yes,
                           AP=Dictionary(N=Dictionary(Yes=appearance(b"1 w 2 2 m 14 14 l 2 14 m 14 2 l S", 16, 16),
                                                      Off=appearance(b"1 w 1 1 14 14 re S", 16, 16))))
    choice = annotation("Widget", [170, 20, 240, 36], FT=Name.Ch, Ff=131072, T=String("country"), V=String("gb"),
                        DA=String("/Helv 10 Tf 0 g"), Opt=[Array([String("gb"), String("Britain")]), Array([String("fr"), String("France")])],
                        AP=Dictionary(N=appearance(b"/Tx BMC BT /Helv 10 Tf 2 4 Td (Britain) Tj ET EMC", 70, 16)))
    signature = annotation("Widget", [400, 10, 490, 40], FT=Name.Sig, T=String("signature"), V=add(
        Dictionary(Type=Name.Sig, Filter=Name("/Adobe.PPKLite"), SubFilter=Name("/adbe.pkcs7.detached"), Name=String("Ada Lovelace"),
                   M=String("D:20240102030405Z"), ByteRange=[0, 100, 200, 300], Contents=String("0123456789abcdef"))),
        AP=Dictionary(N=appearance(b"0.5 w 1 1 88 28 re S", 90, 30)))
    pages[0].Annots = Array([
        annotation("Link", [20, 136, 200, 150], Border=border, Dest=Array([pages[2], Name.XYZ, 0, 120, 0])),
        annotation("Link", [20, 72, 120, 86], Border=border, A=Dictionary(S=Name.URI, URI=String("https://example.org/call"))),
        name_field, box_field, choice, signature,
    ])
    pages[2].Annots = Array([
        annotation("Text", [200, 120, 216, 136], Contents=String("Check this figure"), T=String("Ada"), Name=Name.Note),
        annotation("Stamp", [400, 100, 480, 130], Contents=String("Approved"),
                   AP=Dictionary(N=appearance(b"0.8 0 0 RG 2 w 2 2 76 26 re S 0.8 0 0 rg BT /Helv 12 Tf 10 10 Td (PAID) Tj ET", 80, 30))),
        annotation("FileAttachment", [430, 20, 440, 36], Contents=String("Figures"), FS=embedded("figures.csv", b"year,sum\n1997,12.5\n")),
        annotation("Link", [20, 46, 200, 60], Border=border, A=Dictionary(S=Name.GoTo, D=String("pictures"))),
        add(Dictionary(Type=Name.Annot, Subtype=Name.Square, Rect=[230, 120, 260, 140], F=2, C=[1, 0, 0])),
    ])

    # Structure.
    structure = add(Dictionary(Type=Name.StructTreeRoot, RoleMap=Dictionary(Story=Name.Sect)))
    section = add(Dictionary(Type=Name.StructElem, S=Name("/Story"), P=structure))
    kinds = [("H1", {}), ("P", dict(Lang=String("fr"))), ("Figure", dict(Alt=String("A soft picture with a red disc"))), ("P", {})]
    elements = [add(Dictionary(Type=Name.StructElem, S=Name("/" + kind), P=section, Pg=pages[2], K=index, **more))
                for index, (kind, more) in enumerate(kinds)]
    section.K = Array(elements)
    structure.K = Array([section])
    structure.ParentTree = add(Dictionary(Nums=Array([0, Array(elements)])))

    # The outline.
    outline = add(Dictionary(Type=Name.Outlines))
    entries = [add(Dictionary(Title=String(title), Parent=outline, **more)) for title, more in [
        ("Invoice", dict(Dest=Array([pages[0], Name.Fit]))),
        ("Report", dict(Dest=Array([pages[2], Name.XYZ, 0, 140, 0]), C=[0, 0, 1], F=2)),
        ("On the web", dict(A=Dictionary(S=Name.URI, URI=String("https://example.org/report"))))]]
    below_it = add(Dictionary(Title=String("Pictures"), Parent=entries[0], A=Dictionary(S=Name.GoTo, D=String("pictures"))))
    entries[0].First, entries[0].Last, entries[0].Count = below_it, below_it, 1
    for before, behind in zip(entries, entries[1:]):
        before.Next, behind.Prev = behind, before
    outline.First, outline.Last, outline.Count = entries[0], entries[-1], 4

    xmp = """<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">The annual report</rdf:li></rdf:Alt></dc:title>
<xmp:ModifyDate>2024-01-02T03:04:05Z</xmp:ModifyDate>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>"""
    root = pdf.Root
    root.Pages = tree
    root.Outlines = outline
    root.StructTreeRoot = structure
    root.MarkInfo = Dictionary(Marked=True)
    root.Lang = String("en-GB")
    root.PageMode = Name.UseOutlines
    root.PageLayout = Name.SinglePage
    root.ViewerPreferences = Dictionary(DisplayDocTitle=True, PrintScaling=Name("/None"))
    root.OpenAction = Array([pages[1], Name.Fit])
    root.PageLabels = Dictionary(Nums=[0, Dictionary(S=Name.r), 1, Dictionary(S=Name.D, P=String("A-"), St=5)])
    root.Names = Dictionary(
        Dests=Dictionary(Names=[String("pictures"), Array([pages[1], Name.Fit]), String("top"), Array([pages[0], Name.Fit])]),
        EmbeddedFiles=Dictionary(Names=[String("sums.csv"), embedded("sums.csv", b"item,price\nengine,1234.50\n")]),
        JavaScript=Dictionary(Names=[String("start"), Dictionary(S=Name.JavaScript, JS=String("app.alert('Read me');"))]))
    root.AcroForm = Dictionary(Fields=[name_field, box_field, choice, signature], SigFlags=3, DA=String("/Helv 10 Tf 0 g"),
                               DR=Dictionary(Font=Dictionary(Helv=one)))
    root.OCProperties = Dictionary(OCGs=[shown, hidden],
                                   D=Dictionary(ON=[shown], OFF=[hidden], Order=[shown, hidden], Locked=[hidden]))
    root.Metadata = stream(xmp.encode(), Type=Name.Metadata, Subtype=Name.XML)
    root.OutputIntents = [Dictionary(Type=Name.OutputIntent, S=Name("/GTS_PDFX"), OutputConditionIdentifier=String("FOGRA39"))]
    root.PieceInfo = Dictionary(Editor=Dictionary(LastModified=String("D:20240101000000Z"), Private=String("y" * 60)))
    pdf.trailer.Info = add(Dictionary(Title=String("Annual report"), Author=String("Ada Lovelace"),
                                      CreationDate=String("D:20240102030405+01'00'"), ModDate=String("D:20240102030405Z"),
                                      Producer=String("hand")))
    plain("report.pdf", pdf)


def plain(name, pdf):
    """Streams that were packed stay so; arrays that hold no others stand in a line."""
    pdf.save("/tmp/original.pdf", static_id=True, compress_streams=False)
    subprocess.run(["qpdf", "--qdf", "--stream-data=preserve", "--no-original-object-ids", "--static-id",
                    "/tmp/original.pdf", "/tmp/text.pdf"], check=True)
    with open("/tmp/text.pdf", "rb") as file:
        text = file.read()
    parts = re.split(rb"(\nstream\n.*?\nendstream)", text, flags=re.S)
    for at in range(0, len(parts), 2):
        parts[at] = re.sub(rb"\[\n[^\[\]<]*\]", lambda found: b" ".join(found[0].split()), parts[at])
    with open("/tmp/text.pdf", "wb") as file:
        file.write(b"".join(parts))
    with open(name, "wb") as file:
        subprocess.run(["fix-qdf", "/tmp/text.pdf"], stdout=file, check=True)


if __name__ == "__main__":
    report()
