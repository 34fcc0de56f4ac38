"""Why a file is refused as a picture: a code for programs, a sentence for people.

Invariant: every refusal of this room is one of these codes.
"""

SENTENCES = {
    "empty": "The file is empty.",
    "unreadable": "The file cannot be read: {error}.",
    "not_a_file": "This is not a regular file.",
    "file_too_large": "The file has {size} bytes; at most {limit} are accepted.",
    "not_a_picture": "This is not a picture file.",
    "pdf": "This is a PDF, which is a document and not a photograph.",
    "svg": "This is an SVG drawing, which is not accepted as a photograph.",
    "eps": "This is a PostScript (EPS) file, which is not accepted as a photograph.",
    "html": "This is an HTML page and not a picture.",
    "archive": "This is an archive (ZIP or similar) and not a picture.",
    "video": "This is a video or sound file and not a photograph.",
    "unsupported": "{format} pictures are not accepted; please convert it to TIFF.",
    "needs_sidecar": "{format} files are kept only beside a sidecar picture (TIFF or JPEG).",
    "damaged": "The picture is damaged: {detail}.",
    "truncated": "The file ends before the picture does; it was cut off.",
    "no_pixels": "The picture has no width or no height.",
    "too_many_pixels": "The picture has {width} × {height} pixels; at most {limit} are accepted.",
    "too_many_pixels_progressive": (
        "The progressive JPEG has {width} × {height} pixels; at most {limit} are accepted."
    ),
    "side_too_long": "The picture is {width} × {height} pixels; no side may exceed {limit}.",
    "too_many_frames": "The file holds {frames} pictures; at most {limit} are accepted.",
    "too_long": "The file took too long to read.",
    "too_much_memory": "The file took too much memory to read.",
    "reader_failed": "The file made the reader stop; it may be damaged or hostile.",
}


class Refused(Exception):
    """A file that is no acceptable picture; `code` is a key of SENTENCES, `params` its data."""

    def __init__(self, code: str, **params: str | int) -> None:
        self.code = code
        self.params = params
        super().__init__(SENTENCES[code].format(**params))

    @property
    def sentence(self) -> str:
        """The reason in English."""
        return str(self)
