"""stats_dta.py - reads a .dta of format 118 as Stata documents it (help dta), and nothing of it by libreadstat.

read(PATH) gives {"label", "stamp", "names", "labels", "values": {label set: {value: text}}, "sets", "rows"}. A missing
value is a text: ".", ".a" and on."""
import struct

DOUBLE, LONG = 65526, 65528


def between(data, tag):
    begin = data.index(b"<%s>" % tag) + len(tag) + 2
    return data[begin:data.index(b"</%s>" % tag, begin)]


def texts(data, tag, size):
    part = between(data, tag)
    return [part[at:at + size].split(b"\0")[0].decode("utf-8") for at in range(0, len(part), size)]


def missing(number):
    return "." + (chr(ord("a") + number - 1) if number > 0 else "")


def long_of(value):
    return missing(value - 2147483621) if value >= 2147483621 else value


def double_of(raw):
    bits = struct.unpack("<Q", raw)[0]
    if 0x7fe0000000000000 <= bits < 0x7fe1b00000000000:
        return missing((bits - 0x7fe0000000000000) >> 40)
    return struct.unpack("<d", raw)[0]


def row_of(data, types):
    row, at = [], 0
    for kind in types:
        size = 8 if kind == DOUBLE else 4 if kind == LONG else kind
        raw = data[at:at + size]
        at += size
        row.append(double_of(raw) if kind == DOUBLE else
                   long_of(struct.unpack("<i", raw)[0]) if kind == LONG else raw.split(b"\0")[0].decode("utf-8"))
    return row


def value_labels(data):
    sets, part, at = {}, between(data, b"value_labels"), 0
    while at < len(part):
        assert part[at:at + 5] == b"<lbl>", part[at:at + 20]
        name = part[at + 9:at + 138].split(b"\0")[0].decode()
        count, length = struct.unpack("<ii", part[at + 141:at + 149])
        offsets = struct.unpack(f"<{count}i", part[at + 149:at + 149 + 4 * count])
        values = struct.unpack(f"<{count}i", part[at + 149 + 4 * count:at + 149 + 8 * count])
        words = part[at + 149 + 8 * count:at + 149 + 8 * count + length]
        sets[name] = {long_of(value): words[offset:].split(b"\0")[0].decode("utf-8")
                      for value, offset in zip(values, offsets)}
        at += 149 + 8 * count + length + len(b"</lbl>")
    return sets


def read(path):
    with open(path, "rb") as file:
        data = file.read()
    assert between(data, b"release") == b"118" and between(data, b"byteorder") == b"LSF"
    count = struct.unpack("<H", between(data, b"K"))[0]
    types = struct.unpack(f"<{count}H", between(data, b"variable_types")[:2 * count])
    wide = sum(8 if kind == DOUBLE else 4 if kind == LONG else kind for kind in types)
    names = texts(data, b"varnames", 129)
    begin = data.index(b"<data>") + 6
    number = struct.unpack("<Q", between(data, b"N"))[0]
    rows = [dict(zip(names, row_of(data[begin + n * wide:begin + (n + 1) * wide], types))) for n in range(number)]
    assert data[begin + number * wide:].startswith(b"</data>")
    return {"label": between(data, b"label")[2:].decode(), "stamp": between(data, b"timestamp")[1:].decode(), "names": names,
            "labels": dict(zip(names, texts(data, b"variable_labels", 321))),
            "sets": dict(zip(names, texts(data, b"value_label_names", 129))), "values": value_labels(data), "rows": rows}
