#include "detect/detector.h"

#include <algorithm>

#include "core/line_hash.h"
#include "detect/delta_anchors.h"
#include "detect/window_scan.h"

namespace hfscan {
namespace {

constexpr std::size_t kOverlap = std::size_t{64} * 1024;  // every decoder and context looks less far than this
constexpr std::size_t kWindow = std::size_t{4} << 20U;    // owned bytes of a window of a large blob
constexpr std::size_t kFirstRead = std::size_t{64} * 1024;

// Fills a buffer from a content and slides it along. A hole of a sparse file ends a window: what follows begins a new one.
class WindowReader {
 public:
  WindowReader(Content& content, Detector::Scratch& scratch) : content_(content), buffer_(scratch.buffer) {
    const std::uint64_t hint = content.size_hint();
    const std::size_t wanted =
        hint == 0 ? kFirstRead : static_cast<std::size_t>(std::min<std::uint64_t>(hint, scratch.whole_blob)) + 1;
    if (buffer_.size() < wanted) buffer_.resize(wanted);
  }

  // Reads until the buffer holds `limit` bytes, the content ends or a hole begins.
  Status fill(std::size_t limit) {
    while (used_ < limit) {
      if (const std::uint64_t zeros = content_.skip_zeros(); zeros != 0) {
        hole_ = zeros;
        return {};
      }
      if (used_ == buffer_.size()) buffer_.resize(std::min(limit, buffer_.size() * 2));
      HFSCAN_TRY_ASSIGN(const std::size_t count, content_.read(std::span(buffer_).subspan(used_)));
      if (count == 0) {
        at_end_ = true;
        return {};
      }
      used_ += count;
    }
    return {};
  }

  [[nodiscard]] std::string_view bytes() const { return {buffer_.data(), used_}; }
  [[nodiscard]] bool at_end() const { return at_end_; }
  [[nodiscard]] std::uint64_t hole() const { return hole_; }

  void drop_front(std::size_t count) {
    std::copy(buffer_.begin() + static_cast<std::ptrdiff_t>(count), buffer_.begin() + static_cast<std::ptrdiff_t>(used_),
              buffer_.begin());
    used_ -= count;
  }

  // Goes on behind the hole, with `zeros` of its bytes as context.
  void restart_behind_hole(std::size_t zeros) {
    hole_ = 0;
    used_ = zeros;
    std::fill_n(buffer_.begin(), zeros, '\0');
  }

 private:
  Content& content_;
  std::vector<char>& buffer_;
  std::size_t used_ = 0;
  std::uint64_t hole_ = 0;
  bool at_end_ = false;
};

// How many zero bytes make one NUL character.
std::uint64_t bytes_per_character(TextEncoding encoding) {
  switch (encoding) {
    case TextEncoding::bytes: return 1;
    case TextEncoding::utf16_little:
    case TextEncoding::utf16_big: return 2;
    case TextEncoding::utf32_little:
    case TextEncoding::utf32_big: return 4;
  }
  return 1;
}

// The hash of a line is that of the next 100 characters, too; where one of the file's secrets could be guessed, so could it
// from the hash.
bool holds_guessable(const std::vector<Finding>& findings) {
  return std::any_of(findings.begin(), findings.end(), [](const Finding& f) { return f.secret && !f.secret->id; });
}

void add_line_hashes(std::string_view bytes, std::vector<Finding>& findings) {
  if (holds_guessable(findings)) return;
  std::vector<std::uint64_t> lines;
  lines.reserve(findings.size());
  for (const Finding& finding : findings) lines.push_back(finding.location.range.start.line);
  std::sort(lines.begin(), lines.end());
  lines.erase(std::unique(lines.begin(), lines.end()), lines.end());
  const std::vector<std::string> hashes = line_hashes(bytes, lines);
  for (Finding& finding : findings) {
    const auto found = std::lower_bound(lines.begin(), lines.end(), finding.location.range.start.line);
    finding.line_hash = hashes[static_cast<std::size_t>(found - lines.begin())];
  }
}

}  // namespace

Detector::Detector(std::span<const Rule* const> rules, DetectorOptions options)
    : credential_rules_(rules), pattern_rules_(rules), options_(options) {
  std::copy_if(rules.begin(), rules.end(), std::back_inserter(path_rules_),
               [](const Rule* rule) { return !rule->paths.empty(); });
}

bool Detector::looks_beyond_anchors(std::string_view bytes) const {
  return options_.structure != nullptr || !pattern_rules_.empty() || detect_text_encoding(bytes) != TextEncoding::bytes;
}

bool Detector::may_find(std::string_view bytes, Scratch& scratch) const {
  scratch.anchors.clear();
  find_anchors(bytes, scratch.anchors, options_.kernel);
  scratch.anchored = bytes;
  return !scratch.anchors.empty() || looks_beyond_anchors(bytes);
}

bool Detector::may_find(const DeltaObject& object, Scratch& scratch) const {
  scratch.anchors.clear();
  find_delta_anchors(object, scratch.anchors, options_.kernel);
  scratch.anchored = object.bytes;
  return !scratch.anchors.empty() || looks_beyond_anchors(object.bytes);
}

std::string Detector::path_key(std::string_view path) const {
  std::string key(1, CredentialRules::path_style(path));
  for (const Rule* rule : path_rules_) key.push_back(applies_to_path(*rule, path) ? '1' : '0');
  return key;
}

BlobResult Detector::scan_bytes(std::string_view bytes, const Item& item, Scratch& scratch) const {
  return scan_whole(bytes, item, scratch, WindowEnd::complete);
}

std::vector<MaskedSpan> Detector::secrets_in(std::string_view text) const {
  Scratch scratch;
  const Item item;
  const TextLayer layer(text, TextEncoding::bytes, {});
  return WindowScan(*this, item, layer, scratch).find_masks();
}

BlobResult Detector::scan_whole(std::string_view bytes, const Item& item, Scratch& scratch, WindowEnd end) const {
  BlobResult result;
  result.bytes = bytes.size();
  const TextLayer layer(bytes, detect_text_encoding(bytes), {}, end);
  WindowScan(*this, item, layer, scratch).run(0, bytes.size(), WindowScan::Reach::whole_blob, result);
  if (options_.line_hashes && !result.findings.empty()) add_line_hashes(bytes, result.findings);
  return result;
}

BlobResult Detector::scan(Content& content, const Item& item, Scratch& scratch) const {
  WindowReader reader(content, scratch);
  if (const Status filled = reader.fill(scratch.whole_blob); !filled.ok()) {
    BlobResult partial = scan_whole(reader.bytes(), item, scratch, WindowEnd::cut);
    partial.unread = filled.error();
    return partial;
  }
  BlobResult result;
  if (reader.at_end()) {
    result = scan_bytes(reader.bytes(), item, scratch);
    result.whole = reader.bytes();
    return result;
  }
  const TextEncoding encoding = detect_text_encoding(reader.bytes());
  WindowStart start;
  std::size_t owned_begin = 0;
  for (bool last = false; !last;) {
    const std::string_view bytes = reader.bytes();
    last = reader.at_end() || result.unread.has_value();
    const bool window_ends = last || reader.hole() != 0;
    const bool complete = window_ends && !result.unread;
    const TextLayer layer(bytes, encoding, start, complete ? WindowEnd::complete : WindowEnd::cut);
    const std::size_t owned_end = window_ends ? bytes.size() : bytes.size() - kOverlap;
    WindowScan(*this, item, layer, scratch).run(owned_begin, owned_end, WindowScan::Reach::part_of_blob, result);
    result.bytes += owned_end - owned_begin;
    if (last || result.findings.size() >= scratch.max_findings) break;
    if (reader.hole() != 0) {
      constexpr std::size_t kZerosKept = 64;
      const std::uint64_t zeros = reader.hole();
      result.bytes += zeros;
      start = layer.start_after(bytes.size());
      start.utf16_units_before += (zeros - kZerosKept) / bytes_per_character(encoding);
      start.offset += zeros - kZerosKept;
      reader.restart_behind_hole(kZerosKept);
      owned_begin = kZerosKept;
    } else {
      const std::size_t dropped = (owned_end - kOverlap) & ~std::size_t{3};
      start = layer.start_after(dropped);
      reader.drop_front(dropped);
      owned_begin = owned_end - dropped;
    }
    if (const Status filled = reader.fill(owned_begin + kWindow + kOverlap); !filled.ok()) result.unread = filled.error();
  }
  return result;
}

}  // namespace hfscan
