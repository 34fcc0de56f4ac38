"""Texts that cameras and programs write by themselves where a person's words belong.

A list, no more; they stay in the raw metadata and never become a title or caption. Invariant: a
text is here only as a whole, so that a caption that mentions a camera is kept.
"""

import re

_MAKERS = (
    "olympus|minolta|konica minolta|kodak|sony|samsung|jenoptik|exif|kyocera|sanyo|pentax|ricoh"
    "|casio|nikon|canon|fuji ?film|fuji|panasonic|hp|hewlett-packard|agfa|epson|polaroid"
    "|vivitar|benq"
)
_CAMERAS = re.compile(
    rf"""(?:(?:{_MAKERS})[\s_]*)?
    (?:(?:compact\s)?digital\s(?:still\s)?camera | dsc | dcf\s1\.0 | jpeg | jpeg[\s_]picture
    | picture | camera\spictures | photosmart.*)
    | samsung | digital\simage | digital\scamera\simage | <[^<>]*(?:samsung|kenox|digimax)[^<>]*>
    | (?:cof|dav|edf|hdr|hdrpl|mde|nor|oznor|oznorwo|ptr|rhdr|sdr)  # modes of Huawei's telephones
    | dcim[\\/].* | default | image\sdescription | user\scomments?""",
    re.IGNORECASE | re.VERBOSE,
)
_PROGRAMS = re.compile(
    r"""lead\stechnologies.* | file\swritten\sby\sadobe.* | handmade\ssoftware.*
    | creator:\sgd-jpeg.*
    | created\s(?:with|by|using)\s(?:the\s)?
      (?:gimp|paint\sshop|paint\.net|accusoft|imagegear|imagemagick|jpeg|adobe|photoshop
      |photoscape|irfan|picasa|ulead|corel)\b.*
    | applemark\n? | intel\(r\)\sjpeg.* | acd\ssystems.* | acdsee.* | optimized\sby\sjpeg.*
    | processed\sby\sebay.* | xv\sversion.* | jpeg\sencoder\scopyright.* | u-?lead\ssystems.*
    | lavc\d.* | compressed\s(?:by|with)\sjpeg.* | software:\s.*
    | (?:adobe\s)?(?:photoshop|imageready|lightroom)(?:\s(?:cs\d?|cc|elements|classic|[0-9.]+))*
    | paint\.net.* | picasa.* | photoscape.* | xnview.* | irfanview.*""",
    re.IGNORECASE | re.VERBOSE | re.DOTALL,
)


def by_device(text: str) -> bool:
    """Whether no person wrote this, but a camera or a program."""
    bare = " ".join(text.replace("\x00", " ").split())
    return bool(_CAMERAS.fullmatch(bare) or _PROGRAMS.fullmatch(bare))
