"""Writes what other tools make of report.pdf without harm: pictures packed otherwise, fonts made smaller.

Run by hand in this folder, with pikepdf 10, Pillow 13 and fontTools 4.6 at hand; the files are committed:
    python3 rewritten.py
"""

import io
import zlib

import pikepdf
from fontTools import subset
from fontTools.ttLib import TTFont
from PIL import Image, ImageCms
from pikepdf import Array, Dictionary, Name, String


def rewritten(name):
    """Opens the report, lets the function change it, and saves it under a name."""

    def run(change):
        with pikepdf.open("report.pdf") as pdf:
            change(pdf, pdf.pages[1].Resources.XObject)
            pdf.save(f"{name}.pdf", static_id=True, compress_streams=True, recompress_flate=True,
                     object_stream_mode=pikepdf.ObjectStreamMode.generate)

    return run


def samples(image):
    return Image.frombytes("RGB", (int(image.Width), int(image.Height)), image.read_bytes())


def replace(image, data, **entries):
    for key in ("/DecodeParms", "/Decode", "/Filter"):
        if key in image:
            del image[key]
    image.write(data, **({"filter": entries.pop("Filter")} if "Filter" in entries else {}),
                **({"decode_parms": entries.pop("DecodeParms")} if "DecodeParms" in entries else {}))
    for key, value in entries.items():
        image[f"/{key}"] = value


def jpeg(image, quality, size=None, **how):
    picture = samples(image)
    if size:
        picture = picture.resize(size, Image.Resampling.BOX)
    file = io.BytesIO()
    picture.save(file, "JPEG", quality=quality, **how)
    replace(image, file.getvalue(), Filter=Name.DCTDecode, Width=picture.width, Height=picture.height)


@rewritten("jpeg")
def _(pdf, pictures):
    jpeg(pictures.Photo, 85)


@rewritten("jpeg-444")
def _(pdf, pictures):
    jpeg(pictures.Photo, 92, subsampling=0, progressive=True)


@rewritten("smaller")
def _(pdf, pictures):
    picture = samples(pictures.Photo).resize((48, 36), Image.Resampling.LANCZOS)
    replace(pictures.Photo, picture.tobytes(), Width=48, Height=36)


@rewritten("grey")
def _(pdf, pictures):
    grey = samples(pictures.Grey).convert("L")
    replace(pictures.Grey, grey.tobytes(), ColorSpace=Name.DeviceGray)


@rewritten("fax")
def _(pdf, pictures):
    image = Image.frombytes("1", (32, 32), pictures.Bilevel.read_bytes())
    file = io.BytesIO()
    image.save(file, "TIFF", compression="group4")
    tiff = Image.open(file)
    at, length = tiff.tag_v2[273][0], tiff.tag_v2[279][0]
    black_is_one = tiff.tag_v2[262] == 0
    replace(pictures.Bilevel, file.getvalue()[at:at + length], Filter=Name.CCITTFaxDecode,
            DecodeParms=Dictionary(K=-1, Columns=32, Rows=32, BlackIs1=not black_is_one))


@rewritten("palette-of-a-picture")
def _(pdf, pictures):
    """The indexed picture as red, green and blue."""
    image = pictures.Indexed
    palette = bytes(image.ColorSpace[3])
    data = bytearray()
    for byte in image.read_bytes():
        for shift in (6, 4, 2, 0):
            at = (byte >> shift & 3) * 3
            data += palette[at:at + 3]
    replace(image, bytes(data), ColorSpace=Name.DeviceRGB, BitsPerComponent=8)


@rewritten("picture-of-a-palette")
def _(pdf, pictures):
    """The mask's picture, which is of one colour, with a palette."""
    image = pictures.Masked
    replace(image, bytes([0, 0, 0, 0]), ColorSpace=Array([Name.Indexed, Name.DeviceRGB, 0, String(bytes([200, 20, 20]))]),
            BitsPerComponent=1)


@rewritten("profile")
def _(pdf, pictures):
    profile = pdf.make_stream(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes(), N=3,
                              Alternate=Name.DeviceRGB)
    pictures.Photo.ColorSpace = Array([Name.ICCBased, profile])


@rewritten("predictor")
def _(pdf, pictures):
    """As a PNG keeps it: each line with the differences to the one above it."""
    image, data = pictures.Photo, pictures.Photo.read_bytes()
    width = int(image.Width) * 3
    rows = [data[at:at + width] for at in range(0, len(data), width)]
    above = [bytes(width)] + rows[:-1]
    packed = b"".join(b"\2" + bytes((one - other) & 255 for one, other in zip(row, up)) for row, up in zip(rows, above))
    replace(image, zlib.compress(packed, 9), Filter=Name.FlateDecode,
            DecodeParms=Dictionary(Predictor=15, Colors=3, BitsPerComponent=8, Columns=int(image.Width)))


@rewritten("run-lengths")
def _(pdf, pictures):
    data = pictures.Bilevel.read_bytes()
    packed = b"".join(bytes([len(part) - 1]) + part for part in (data[at:at + 128] for at in range(0, len(data), 128)))
    replace(pictures.Bilevel, packed + b"\x80", Filter=Name.RunLengthDecode)


@rewritten("subset")
def _(pdf, pictures):
    """The font of shapes without its names and with what else is not needed to draw it gone."""
    font = pdf.pages[2].Resources.Font.F4.DescendantFonts[0]
    program = font.FontDescriptor.FontFile2
    ttf = TTFont(io.BytesIO(program.read_bytes()))
    options = subset.Options(retain_gids=True, notdef_outline=True, drop_tables=["OS/2", "name", "post", "cmap"])
    subsetter = subset.Subsetter(options)
    subsetter.populate(gids=range(1, 9))
    subsetter.subset(ttf)
    file = io.BytesIO()
    ttf.save(file)
    program.write(file.getvalue())
    program.Length1 = len(file.getvalue())


@rewritten("saved")
def _(pdf, pictures):
    """Opened and saved, with metadata of the program that did it."""
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as packet:
        packet["xmp:MetadataDate"] = "2025-06-07T08:09:10Z"
    pdf.docinfo["/ModDate"] = String("D:20250607080910Z")
    pdf.docinfo["/Producer"] = String("another program")
    pdf.remove_unreferenced_resources()
