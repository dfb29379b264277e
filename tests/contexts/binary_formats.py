"""Small writers of binary formats that Python's library does not write: as much of each as stands around a string."""

import struct
import zlib


def varint(value):
    out = bytearray()
    while value > 127:
        out.append(value & 127 | 128)
        value >>= 7
    out.append(value)
    return bytes(out)


def protobuf(*fields):
    """(number, value) with a value of str, bytes or int."""
    out = b""
    for number, value in fields:
        if isinstance(value, int):
            out += varint(number << 3) + varint(value)
        else:
            content = value if isinstance(value, bytes) else value.encode()
            out += varint(number << 3 | 2) + varint(len(content)) + content
    return out


def msgpack(value):
    if value is None:
        return b"\xc0"
    if isinstance(value, int):
        return struct.pack("B", value) if value < 128 else b"\xce" + struct.pack(">I", value)
    if isinstance(value, str):
        content = value.encode()
        return (bytes([0xa0 | len(content)]) if len(content) < 32 else b"\xd9" + bytes([len(content)])) + content
    if isinstance(value, bytes):
        return b"\xc4" + bytes([len(value)]) + value
    if isinstance(value, dict):
        return bytes([0x80 | len(value)]) + b"".join(msgpack(key) + msgpack(item) for key, item in value.items())
    return bytes([0x90 | len(value)]) + b"".join(map(msgpack, value))


def cbor(value):
    def head(major, count):
        return bytes([major << 5 | count]) if count < 24 else bytes([major << 5 | 24, count])
    if isinstance(value, int):
        return head(0, value)
    if isinstance(value, bytes):
        return head(2, len(value)) + value
    if isinstance(value, str):
        return head(3, len(value.encode())) + value.encode()
    if isinstance(value, dict):
        return head(5, len(value)) + b"".join(cbor(key) + cbor(item) for key, item in value.items())
    return head(4, len(value)) + b"".join(map(cbor, value))


def bson(**members):
    body = b"".join(b"\x02" + key.encode() + b"\0" + struct.pack("<I", len(value) + 1) + value.encode() + b"\0"
                    for key, value in members.items())
    return struct.pack("<I", len(body) + 5) + body + b"\0"


def der(*values):
    """A SEQUENCE of UTF8Strings, each followed by a SEQUENCE of its own."""
    body = b"".join(b"\x0c" + bytes([len(value)]) + value.encode() for value in values)
    return b"0" + (bytes([len(body)]) if len(body) < 128 else b"\x81" + bytes([len(body)])) + body


def avro(*strings):
    return b"".join(varint(len(value) * 2) + value.encode() for value in strings)


def java_class(*strings):
    pool = b"".join(b"\x01" + struct.pack(">H", len(value)) + value.encode() + b"\x08" + struct.pack(">H", 2 * i + 1)
                    for i, value in enumerate(strings))
    return b"\xca\xfe\xba\xbe\0\0\0\x41" + struct.pack(">H", 2 * len(strings) + 1) + pool


def java_object(*strings):
    return b"\xac\xed\0\x05" + b"".join(b"t" + struct.pack(">H", len(value)) + value.encode() for value in strings)


def gguf(**strings):
    def string(value):
        return struct.pack("<Q", len(value)) + value.encode()
    pairs = b"".join(string(key) + struct.pack("<I", 8) + string(value) for key, value in strings.items())
    return b"GGUF" + struct.pack("<IQQ", 3, 0, len(strings)) + pairs


def safetensors(header):
    return struct.pack("<Q", len(header)) + header.encode() + bytes(64)


def leveldb_log(*pairs):
    """One record of a log: a write batch."""
    batch = struct.pack("<QI", 1, len(pairs))
    for key, value in pairs:
        batch += b"\x01" + varint(len(key)) + key + varint(len(value)) + value
    return struct.pack("<IHB", zlib.crc32(batch), len(batch), 1) + batch


def parquet_page(values):
    """A PLAIN page of BYTE_ARRAY values and statistics, as Thrift's compact protocol has them."""
    data = b"".join(struct.pack("<I", len(value)) + value.encode() for value in values)
    longest = max(values).encode()
    statistics = b"\x18" + varint(len(longest)) + longest + b"\x18" + varint(len(min(values))) + min(values).encode() + b"\0"
    return b"PAR1\x15\0\x15" + varint(len(data) * 2) + b"\x1c" + statistics + data + b"PAR1"


def arrow_strings(values):
    """Offsets, then the characters of all values without anything between."""
    offsets, total = [0], 0
    for value in values:
        total += len(value)
        offsets.append(total)
    offsets = struct.pack(f"<{len(offsets)}i", *offsets)
    return b"ARROW1\0\0" + offsets + bytes(-len(offsets) % 64) + "".join(values).encode() + bytes(64)


def snappy_literals(content):
    """What a compressor makes of content that does not repeat: runs of literal bytes."""
    out = varint(len(content))
    for start in range(0, len(content), 60):
        piece = content[start:start + 60]
        out += bytes([(len(piece) - 1) << 2]) + piece
    return out


def png(chunk, content):
    def write(kind, body):
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
    return (b"\x89PNG\r\n\x1a\n" + write(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)) + write(chunk, content)
            + write(b"IDAT", zlib.compress(b"\0\0")) + write(b"IEND", b""))


def npy(kind, shape, content):
    header = f"{{'descr': '{kind}', 'fortran_order': False, 'shape': ({shape},), }}".encode()
    header += b" " * (-(len(header) + 11) % 64) + b"\n"
    return b"\x93NUMPY\x01\0" + struct.pack("<H", len(header)) + header + content


def wide_counted(value):
    return struct.pack("<H", len(value)) + value.encode("utf-16-le")


def dotnet_user_string(value):
    """Of the #US heap: the length in bytes with one flag byte, and UTF-16LE."""
    size = 2 * len(value) + 1
    return (bytes([size]) if size < 128 else struct.pack(">H", 0x8000 | size)) + value.encode("utf-16-le") + b"\0"
