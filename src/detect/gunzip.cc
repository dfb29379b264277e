// Tested by tests/unit/detect/gunzip_test.cc.
#include "detect/gunzip.h"

#include <array>
#include <utility>

#include "base/encoding.h"
#include "detect/encoded_run.h"

namespace hfscan {
namespace {

constexpr std::size_t kHeaderCharacters = 14;
constexpr const char* kTooLarge = "compressed text in base64 is larger than 16 MiB";
constexpr const char* kTooMuch = "there is more compressed text in base64 than is unpacked in one file";
constexpr const char* kTooFar = "compressed text in base64 reaches further than is looked at at once in a file of this size";

// Reads up to `most` characters of the run, a multiple of four, and decodes them. Empty at the end of the run.
std::string next_bytes(RunReader& reader, std::size_t most, std::size_t& end) {
  std::string characters;
  while (characters.size() < most) {
    const std::optional<RunCharacter> next = reader.next();
    if (!next) break;
    characters.push_back(next->character);
    end = next->end;
  }
  return base64_decode_lenient(characters);
}

}  // namespace

struct Gunzip::Unpacked {
  std::string bytes;
  std::size_t read = 0;  // compressed bytes
  std::size_t end = 0;   // of the run in the text, as far as it was read
  bool finished = false;
  bool damaged = false;
  bool too_large = false;
};

bool begins_gzip(std::string_view base64) {
  const std::string header = base64_decode_lenient(base64.substr(0, kHeaderCharacters));
  constexpr std::size_t kSize = 10;
  if (header.size() < kSize || !header.starts_with("\x1f\x8b\x08")) return false;
  const auto byte = [&header](std::size_t i) { return static_cast<unsigned char>(header[i]); };
  const bool known_flags = byte(3) < 0x20;
  const bool known_level = byte(8) == 0 || byte(8) == 2 || byte(8) == 4;
  const bool known_system = byte(9) <= 13 || byte(9) == 255;
  return known_flags && known_level && known_system;
}

void Gunzip::inflate_run(RunReader& reader, Unpacked& out) {
  constexpr std::size_t kFirstRead = 64;  // enough to see that most of what looks like a header is none
  constexpr std::size_t kRead = 4096;
  std::array<char, 16384> buffer{};
  const std::size_t most = std::min(kMostOut, kMostTotal - total_);
  for (;;) {
    const std::string compressed = next_bytes(reader, out.read == 0 ? kFirstRead : kRead, out.end);
    if (compressed.empty()) return;
    out.read += compressed.size();
    for (std::string_view rest = compressed;;) {
      const Result<Inflater::Step> step = inflater_->step(rest, buffer);
      out.damaged = !step.ok();
      if (out.damaged) return;
      out.bytes.append(buffer.data(), std::min(step->produced, most - out.bytes.size()));
      out.finished = step->finished;
      out.too_large = out.bytes.size() == most && !out.finished;
      if (out.finished || out.too_large) return;
      rest.remove_prefix(step->consumed);
      if (step->produced < buffer.size() && rest.empty()) break;
    }
  }
}

std::optional<DerivedText> Gunzip::unpack(std::string_view text, std::size_t position) {
  DerivedText derived;
  derived.encoding = "base64+gzip";
  derived.whole = ByteSpan{position, position + 1};
  if (total_ >= kMostTotal || waste_ >= kMostWaste) {
    if (std::exchange(told_, true)) return std::nullopt;  // once is enough
    derived.limit = kTooMuch;
    return derived;
  }
  if (inflater_)
    inflater_->reset();
  else
    inflater_.emplace(DeflateFormat::gzip);
  Unpacked out;
  RunReader reader(text, position, kBase64Class);
  inflate_run(reader, out);
  total_ += out.bytes.size();
  if (out.damaged) waste_ += out.read;
  if (out.bytes.empty()) return std::nullopt;
  derived.bytes = std::move(out.bytes);
  derived.whole = ByteSpan{position, out.end};
  if (out.too_large)
    derived.limit = kTooLarge;
  else if (more_text_ && !out.finished && !out.damaged && out.end == text.size())
    derived.limit = kTooFar;
  return derived;
}

std::optional<DerivedText> Gunzip::decode_outer(std::string_view text, std::size_t position) const {
  RunReader reader(text, position, kBase64Class);
  std::size_t end = position;
  constexpr std::size_t kFirstRead = 24;
  std::string bytes = next_bytes(reader, kFirstRead, end);
  if (!begins_gzip(bytes)) return std::nullopt;
  constexpr std::size_t kMostCharacters = kMostOut / 3 * 4;
  bytes += next_bytes(reader, kMostCharacters, end);
  DerivedText derived;
  derived.encoding = "base64";
  derived.bytes = std::move(bytes);
  derived.whole = ByteSpan{position, end};
  if (reader.next())
    derived.limit = kTooLarge;
  else if (more_text_ && end == text.size())
    derived.limit = kTooFar;
  return derived;
}

}  // namespace hfscan
