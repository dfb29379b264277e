// Test: tests/unit/scan/stored_report_test.cc takes random reports there and back.
#include "scan/stored_report.h"

#include <algorithm>
#include <cstring>
#include <type_traits>
#include <utility>

#include "base/sealed_file.h"

namespace hfscan {
namespace {

constexpr std::string_view kKind = "HFSrep1a";  // another one whenever a field is added, or means something else

// The members of each type in the order of their declaration. One list serves both directions, and a structured binding has to
// name every member: what is added to a report and not here does not compile.
template <typename T, typename Known>
concept Is = std::is_same_v<std::remove_const_t<T>, Known>;

template <typename Archive, Is<ByteSpan> T>
void members(Archive& archive, T& span) {
  auto& [begin, end] = span;
  archive(begin, end);
}

template <typename Archive, Is<LineColumn> T>
void members(Archive& archive, T& place) {
  auto& [line, column] = place;
  archive(line, column);
}

template <typename Archive, Is<TextRange> T>
void members(Archive& archive, T& range) {
  auto& [start, end, utf16_start_column, utf16_end_column] = range;
  archive(start, end, utf16_start_column, utf16_end_column);
}

template <typename Archive, Is<SecretReference> T>
void members(Archive& archive, T& secret) {
  auto& [id, masked, kind, encoding] = secret;
  archive(id, masked, kind, encoding);
}

template <typename Archive, Is<Excerpt> T>
void members(Archive& archive, T& excerpt) {
  auto& [first_line, lines, hit_line, mark_begin, mark_end] = excerpt;
  archive(first_line, lines, hit_line, mark_begin, mark_end);
}

template <typename Archive, Is<Location> T>
void members(Archive& archive, T& location) {
  auto& [kind, path, container, range, span, blob, commit] = location;
  archive(kind, path, container, range, span, blob, commit);
}

template <typename Archive, Is<RelatedPlace> T>
void members(Archive& archive, T& place) {
  auto& [message, range] = place;
  archive(message, range);
}

template <typename Archive, Is<Occurrence> T>
void members(Archive& archive, T& occurrence) {
  auto& [kind, path, blob, introduced, removed, refs, other_refs, reachable] = occurrence;
  archive(kind, path, blob, introduced, removed, refs, other_refs, reachable);
}

template <typename Archive, Is<CommitStamp> T>
void members(Archive& archive, T& stamp) {
  auto& [commit, time, author] = stamp;
  archive(commit, time, author);
}

template <typename Archive, Is<SecretStory> T>
void members(Archive& archive, T& story) {
  auto& [first, last, gone, introduced, removed, refs, other_refs, in_head, pushed, reachable] = story;
  archive(first, last, gone, introduced, removed, refs, other_refs, in_head, pushed, reachable);
}

template <typename Archive, Is<Edit> T>
void members(Archive& archive, T& edit) {
  auto& [span, text, path, range, file_sha256] = edit;
  archive(span, text, path, range, file_sha256);
}

template <typename Archive, Is<Finding> T>
void members(Archive& archive, T& finding) {
  auto& [rule, severity, confidence, message, fingerprint, disposition, justification, secret, hit_text, expires, location,
         related, occurrences, story, excerpt, edits, line_hash, look_alike] = finding;
  archive(rule, severity, confidence, message, fingerprint, disposition, justification, secret, hit_text, expires, location,
          related, occurrences, story, excerpt, edits, line_hash, look_alike);
}

template <typename Archive, Is<Diagnostic> T>
void members(Archive& archive, T& diagnostic) {
  auto& [path, message] = diagnostic;
  archive(path, message);
}

template <typename Archive, Is<Skip> T>
void members(Archive& archive, T& skip) {
  auto& [path, reason] = skip;
  archive(path, reason);
}

template <typename Archive, Is<Fact> T>
void members(Archive& archive, T& fact) {
  auto& [kind, path, line, value] = fact;
  archive(kind, path, line, value);
}

template <typename Archive, Is<Counts> T>
void members(Archive& archive, T& counts) {
  auto& [active, baselined, ignored, look_alikes, secrets, blobs, objects, files_in_archives, bytes] = counts;
  archive(active, baselined, ignored, look_alikes, secrets, blobs, objects, files_in_archives, bytes);
}

template <typename Archive, Is<Report> T>
void members(Archive& archive, T& report) {
  auto& [command, rules, rules_digest, findings, diagnostics, skipped, facts, notes, counts, complete, exit_code] = report;
  archive(command, rules, rules_digest, findings, diagnostics, skipped, facts, notes, counts, complete, exit_code);
}

template <typename T>
concept Number = std::is_arithmetic_v<T> || std::is_enum_v<T>;

// Numbers as they lie in memory; before texts and lists their length.
class Writer {
 public:
  template <typename... Fields>
  void operator()(const Fields&... fields) {
    (put(fields), ...);
  }

  std::string take() { return std::move(bytes_); }

 private:
  template <typename T>
  void put(const T& value) {
    members(*this, value);
  }
  template <Number T>
  void put(const T& number) {
    bytes_.append(reinterpret_cast<const char*>(&number), sizeof number);
  }
  void put(const Sha256Digest& digest) { bytes_.append(reinterpret_cast<const char*>(digest.data()), digest.size()); }
  void put(const std::string& text) {
    put(static_cast<std::uint32_t>(text.size()));
    bytes_.append(text);
  }
  void put(const Rule* rule) { put(rule->id); }
  template <typename T>
  void put(const std::vector<T>& items) {
    put(static_cast<std::uint32_t>(items.size()));
    for (const T& item : items) put(item);
  }
  template <typename T>
  void put(const std::optional<T>& value) {
    put(value.has_value());
    if (value) put(*value);
  }

  std::string bytes_;
};

// Stops at the first byte that cannot be meant; what was read until then is of no use.
class Reader {
 public:
  Reader(std::string_view bytes, const std::vector<const Rule*>& rules) : rest_(bytes), rules_(rules) {}

  template <typename... Fields>
  void operator()(Fields&... fields) {
    (get(fields), ...);
  }

  // Whether everything was read, to the last byte.
  [[nodiscard]] bool succeeded() const { return sound_ && rest_.empty(); }

 private:
  // The next bytes; none when there are fewer.
  std::string_view next(std::size_t count) {
    sound_ = sound_ && count <= rest_.size();
    if (!sound_) return {};
    const std::string_view bytes = rest_.substr(0, count);
    rest_.remove_prefix(count);
    return bytes;
  }

  template <typename T>
  void get(T& value) {
    members(*this, value);
  }
  template <Number T>
  void get(T& number) {
    const std::string_view bytes = next(sizeof number);
    if (sound_) std::memcpy(&number, bytes.data(), sizeof number);
  }
  void get(bool& value) {
    std::uint8_t byte = 0;
    get(byte);
    sound_ = sound_ && byte <= 1;
    value = byte == 1;
  }
  void get(Sha256Digest& digest) { next(digest.size()).copy(reinterpret_cast<char*>(digest.data()), digest.size()); }
  void get(std::string& text) {
    std::uint32_t size = 0;
    get(size);
    text = next(size);
  }
  void get(const Rule*& rule) {
    std::string id;
    get(id);
    const auto found = std::find_if(rules_.begin(), rules_.end(), [&id](const Rule* known) { return known->id == id; });
    sound_ = sound_ && found != rules_.end();
    if (sound_) rule = *found;
  }
  template <typename T>
  void get(std::vector<T>& items) {
    std::uint32_t count = 0;
    get(count);
    sound_ = sound_ && count <= rest_.size();  // every item takes a byte at least
    for (; sound_ && count > 0; --count) get(items.emplace_back());
  }
  template <typename T>
  void get(std::optional<T>& value) {
    bool there = false;
    get(there);
    if (there) get(value.emplace());
  }

  std::string_view rest_;
  const std::vector<const Rule*>& rules_;
  bool sound_ = true;
};

}  // namespace

std::string encode_report(const Report& report) {
  Writer writer;
  writer(report);
  return writer.take();
}

std::optional<Report> decode_report(std::string_view bytes, const std::vector<const Rule*>& rules) {
  Report report;
  Reader reader(bytes, rules);
  reader(report);
  if (!reader.succeeded()) return std::nullopt;
  return report;
}

std::optional<Report> read_stored_report(const std::string& path, const Sha256Digest& basis,
                                         const std::vector<const Rule*>& rules) {
  const auto file = SealedFile::read(path, {kKind, basis});
  return file ? decode_report(file->payload(), rules) : std::nullopt;
}

Status write_stored_report(const std::string& path, const Sha256Digest& basis, const Report& report) {
  if (!report.complete || !report.diagnostics.empty()) return {};
  return SealedFile::write(path, {kKind, basis}, encode_report(report));
}

}  // namespace hfscan
