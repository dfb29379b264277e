// Tested by tests/unit/remedy/secret_source_test.cc.
#include "remedy/secret_source.h"

#include <string.h>  // explicit_bzero; NOLINT(modernize-deprecated-headers)
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <set>

#include "base/encoding.h"
#include "base/file.h"
#include "base/text.h"
#include "git/refs.h"
#include "remedy/hub_kinds.h"

namespace hfscan {
namespace {

constexpr std::uint64_t kMostFileBytes = std::uint64_t{256} << 20U;
constexpr std::size_t kMostDressedBytes = std::size_t{16} << 20U;
constexpr std::size_t kMostLines = 1000;
constexpr std::size_t kMostLineBytes = 4096;

// A copy of bytes that may hold a secret.
struct Scratch {
  std::string bytes;
  Scratch() = default;
  explicit Scratch(std::string text) : bytes(std::move(text)) {}
  ~Scratch() { wipe(bytes); }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  Scratch(Scratch&&) = delete;
  Scratch& operator=(Scratch&&) = delete;
};

std::optional<Secret> find_plain(const KnownSecret& known, std::string_view bytes) {
  const TokenSearch search({known});
  const std::vector<TokenSpan> spans = search.find(bytes);
  if (spans.empty()) return std::nullopt;
  return TokenSearch::take(bytes, spans.front());
}

bool is_hex(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }
bool is_base64(char c) { return base64_value(c) >= 0; }
bool is_line_end(char c) { return c == '\n' || c == '\r'; }

// Calls `use` with every run of such characters of at least `shortest`, until it gives something. Line ends inside a run are
// left out, as encoders wrap their lines.
template <typename Belongs, typename Use>
std::optional<Secret> for_each_run(std::string_view bytes, std::size_t shortest, Belongs belongs, Use use) {
  Scratch run;
  run.bytes.reserve(bytes.size());
  for (std::size_t i = 0; i <= bytes.size(); ++i) {
    if (i < bytes.size() && belongs(bytes[i])) {
      run.bytes += bytes[i];
      continue;
    }
    if (i < bytes.size() && is_line_end(bytes[i])) continue;
    if (run.bytes.size() >= shortest) {
      if (std::optional<Secret> found = use(std::string_view(run.bytes))) return found;
    }
    run.bytes.clear();
  }
  return std::nullopt;
}

// A run may begin with characters that are not part of what was encoded.
std::optional<Secret> find_in_base64(const KnownSecret& known, std::string_view run) {
  for (std::size_t skip = 0; skip < 4 && skip < run.size(); ++skip) {
    const Scratch decoded(base64_decode_lenient(run.substr(skip)));
    if (std::optional<Secret> found = find_plain(known, decoded.bytes)) return found;
  }
  return std::nullopt;
}

std::optional<Secret> find_in_hex(const KnownSecret& known, std::string_view run) {
  for (std::size_t skip = 0; skip < 2; ++skip) {
    const std::string_view digits = run.substr(skip);
    std::optional<std::string> bytes = hex_decode(digits.substr(0, digits.size() / 2 * 2));
    const Scratch decoded(bytes ? std::move(*bytes) : std::string());
    if (std::optional<Secret> found = find_plain(known, decoded.bytes)) return found;
  }
  return std::nullopt;
}

std::optional<Secret> find_in_percent(const KnownSecret& known, std::string_view bytes) {
  if (bytes.find('%') == std::string_view::npos) return std::nullopt;
  Scratch decoded;
  decoded.bytes.reserve(bytes.size());
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    const bool coded = bytes[i] == '%' && i + 2 < bytes.size() && is_hex(bytes[i + 1]) && is_hex(bytes[i + 2]);
    decoded.bytes += coded ? hex_decode(bytes.substr(i + 1, 2)).value_or("") : std::string(1, bytes[i]);
    if (coded) i += 2;
  }
  return find_plain(known, decoded.bytes);
}

std::optional<Secret> find_dressed(const KnownSecret& known, std::string_view bytes) {
  if (bytes.size() > kMostDressedBytes) return std::nullopt;
  if (auto found = find_in_percent(known, bytes)) return found;
  const std::size_t encoded = known.size * 4 / 3;
  if (auto found = for_each_run(bytes, encoded, is_base64, [&](std::string_view run) { return find_in_base64(known, run); }))
    return found;
  return for_each_run(bytes, 2 * known.size, is_hex, [&](std::string_view run) { return find_in_hex(known, run); });
}

// "a/../b" and "/a": a report that somebody handed over must not lead anywhere. What is read counts only by its hash anyway.
bool stays_inside(std::string_view path) {
  if (path.empty() || path.front() == '/' || path.find('\0') != std::string_view::npos) return false;
  while (!path.empty()) {
    const std::size_t slash = std::min(path.find('/'), path.size());
    if (path.substr(0, slash) == "..") return false;
    path.remove_prefix(std::min(slash + 1, path.size()));
  }
  return true;
}

class Finder {
 public:
  Finder(const KnownSecret& known, const SecretPlaces& places) : known_(known), places_(places) {}

  std::optional<Secret> find(const std::vector<LeakPlace>& at) {
    for (const LeakPlace& place : at) {
      if (auto found = in_object(place.blob)) return found;
      if (auto found = in_file(place.path)) return found;
      if (place.kind == PlaceKind::blob) continue;
      for (const std::string& commit : place.introduced) {
        if (auto found = in_object(commit)) return found;
      }
    }
    if (auto found = in_ref_names()) return found;
    return in_all_objects();
  }

 private:
  [[nodiscard]] std::optional<Secret> in_object(const std::string& hex) const {
    const std::optional<ObjectId> id = ObjectId::from_hex(hex);
    if (places_.objects == nullptr || !id) return std::nullopt;
    Result<GitObject> object = places_.objects->read(*id);
    if (!object.ok()) return std::nullopt;
    const Scratch content(std::move(object->bytes));
    return find_in_bytes(known_, content.bytes);
  }

  [[nodiscard]] std::optional<Secret> in_file(const std::string& path) const {
    if (places_.folder.empty() || !stays_inside(path)) return std::nullopt;
    Result<std::string> file = read_file(cat(places_.folder, "/", path), kMostFileBytes, Symlinks::refuse);
    if (!file.ok()) return std::nullopt;
    const Scratch content(std::move(*file));
    return find_in_bytes(known_, content.bytes);
  }

  [[nodiscard]] std::optional<Secret> in_ref_names() const {
    std::optional<Secret> found;
    if (places_.layout == nullptr) return found;
    const auto look = [&](const std::string& name) {
      if (!found) found = find_plain(known_, name);
    };
    // A repository whose refs cannot be listed is searched by its objects.
    static_cast<void>(
        for_each_ref(*places_.layout, "refs/", {[&](const std::string& name, const ObjectId&) { look(name); }, look}));
    return found;
  }

  [[nodiscard]] std::optional<Secret> in_all_objects() const {
    std::optional<Secret> found;
    if (places_.objects == nullptr) return found;
    ObjectWalkOptions options;
    options.types = ObjectTypes::all();
    options.wanted = [&found](const ObjectId&) { return !found; };
    ObjectVisitor visitor;
    visitor.object = [&](unsigned, const ObjectId&, ObjectType, std::string_view bytes) {
      if (!found) found = find_plain(known_, bytes);
    };
    visitor.problem = [](const Diagnostic&) {};
    places_.objects->for_each(options, visitor);
    return found;
  }

  const KnownSecret& known_;
  const SecretPlaces& places_;
};

Error not_found(const LeakedSecret& leaked) {
  return Error{cat("the bytes of ", hfscan::quoted(leaked.masked), " (sha256 ", leaked.short_id(),
                   ") were not found where it stood; give it on standard input with --token-stdin")};
}

Result<WipingBuffer> read_to_end(int fd) {
  WipingBuffer text;
  std::array<char, 4096> chunk{};
  while (true) {
    const ssize_t count = ::read(fd, chunk.data(), chunk.size());
    if (count < 0 && errno == EINTR) continue;
    if (count > 0) text.append({chunk.data(), static_cast<std::size_t>(count)});
    explicit_bzero(chunk.data(), chunk.size());
    if (count < 0) return Error{cat("cannot read standard input: ", errno_text(errno))};
    if (count == 0) return text;
    if (text.view().size() > kMostLines * kMostLineBytes) return Error{"standard input holds too much for a list of tokens"};
  }
}

}  // namespace

std::optional<Secret> find_in_bytes(const KnownSecret& known, std::string_view bytes) {
  if (auto found = find_plain(known, bytes)) return found;
  return find_dressed(known, bytes);
}

Result<Secret> find_secret(const LeakedSecret& leaked, const SecretPlaces& places) {
  const std::optional<KnownSecret> known = leaked.known();
  if (!known) return not_found(leaked);
  std::optional<Secret> found = Finder(*known, places).find(leaked.places);
  if (!found || found->id() != leaked.id) return not_found(leaked);
  return std::move(*found);
}

Result<std::vector<Secret>> read_secrets(int fd) {
  HFSCAN_TRY_ASSIGN(const WipingBuffer text, read_to_end(fd));
  std::vector<Secret> secrets;
  std::set<Sha256Digest> seen;
  std::size_t number = 0;
  for (const std::string_view line : split_lines(text.view())) {
    ++number;
    const std::string_view token = trim(line);
    if (token.empty()) continue;
    if (!kind_of_token(token) || !is_sendable(token))
      return Error{cat("line ", std::to_string(number),
                       " of standard input is no token of Hugging Face (hf_..., api_org_...); nothing was sent")};
    if (seen.size() == kMostLines) return Error{"standard input holds too many tokens; nothing was sent"};
    if (seen.insert(sha256(token)).second) secrets.emplace_back(token);
  }
  if (secrets.empty()) return Error{"standard input holds no token: one a line is expected"};
  return secrets;
}

}  // namespace hfscan
