#include "git/index.h"

#include <algorithm>
#include <charconv>
#include <limits>
#include <optional>

#include "base/text.h"

namespace hfscan {
namespace {

// A split index keeps most entries in another file; those that replace one of them have no name here.
constexpr const char* kSplitIndex = "split index is not supported; run 'git update-index --no-split-index'";
constexpr std::size_t kHeaderSize = 12;
constexpr std::size_t kStatSize = 40;  // ten 32-bit fields of stat(2) before the object id
constexpr std::uint16_t kExtendedFlag = 0x4000;
constexpr std::uint16_t kNameMask = 0x0FFF;
constexpr std::uint16_t kIntentToAddFlag = 0x2000;
// Version 4 lets a byte of file stand for a whole repeated prefix: these bounds keep a small hostile file from filling memory.
constexpr std::size_t kLongestPath = 65536;
constexpr std::size_t kMostExpandedBytes = std::size_t{1} << 29U;

}  // namespace

class IndexParser {
 public:
  IndexParser(std::string bytes, ObjectFormat format) : id_size_(static_cast<std::size_t>(format)) {
    index_.bytes_ = std::make_unique<const std::string>(std::move(bytes));
    rest_ = *index_.bytes_;
  }

  Result<Index> parse() {
    if (rest_.size() < kHeaderSize + id_size_ || rest_.substr(0, 4) != "DIRC") return Error{"not an index file"};
    version_ = number32(4);
    const std::uint32_t count = number32(8);
    if (version_ < 2 || version_ > 4) return Error{cat("index version ", std::to_string(version_), " is not supported")};
    rest_.remove_suffix(id_size_);
    rest_.remove_prefix(kHeaderSize);
    if (count > rest_.size() / (kStatSize + id_size_ + 2)) return Error{"index is truncated"};
    index_.entries_.reserve(count);
    for (std::uint32_t i = 0; i < count; ++i) HFSCAN_TRY(entry());
    while (!rest_.empty()) HFSCAN_TRY(extension());
    return std::move(index_);
  }

 private:
  [[nodiscard]] std::uint32_t number32(std::size_t at) const {
    std::uint32_t value = 0;
    for (const char byte : rest_.substr(at, 4)) value = value << 8U | static_cast<unsigned char>(byte);
    return value;
  }
  [[nodiscard]] std::uint16_t number16(std::size_t at) const {
    return static_cast<std::uint16_t>(static_cast<unsigned char>(rest_[at]) << 8U | static_cast<unsigned char>(rest_[at + 1]));
  }

  Status entry() {
    std::size_t header = kStatSize + id_size_ + 2;
    if (rest_.size() < header + 2) return Error{"index is truncated"};
    const std::uint16_t flags = number16(header - 2);
    IndexEntry entry;
    entry.mode = number32(24);
    entry.id = ObjectId::from_raw(rest_.substr(kStatSize, id_size_));
    entry.stage = static_cast<std::uint8_t>(flags >> 12U & 3U);
    if ((flags & kExtendedFlag) != 0) {
      if (version_ < 3) return Error{"index is damaged: extended flags in version 2"};
      entry.intent_to_add = (number16(header) & kIntentToAddFlag) != 0;
      header += 2;
    }
    HFSCAN_TRY_ASSIGN(entry.path, version_ == 4 ? compressed_path(header) : plain_path(header, flags & kNameMask));
    return add(entry);
  }

  Status add(const IndexEntry& entry) {
    if (entry.path.empty()) return Error{kSplitIndex};
    if (!index_.entries_.empty()) {
      const IndexEntry& last = index_.entries_.back();
      const int order = last.path.compare(entry.path);
      if (order > 0 || (order == 0 && last.stage >= entry.stage)) return Error{"index is damaged: entries are not sorted"};
    }
    index_.sparse_ = index_.sparse_ || entry.mode == kModeFolder;
    index_.entries_.push_back(entry);
    return {};
  }

  // Versions 2 and 3: the path, then one to eight NULs up to a multiple of eight.
  Result<std::string_view> plain_path(std::size_t header, std::size_t claimed) {
    const std::size_t end = claimed < kNameMask ? header + claimed : rest_.find('\0', header);
    if (end >= rest_.size() || rest_[end] != '\0') return Error{"index is damaged: entry name does not end"};
    const std::string_view path = rest_.substr(header, end - header);
    if (path.find('\0') != std::string_view::npos) return Error{"index is damaged: NUL in an entry name"};
    const std::size_t padded = (end + 8) & ~std::size_t{7};
    if (padded > rest_.size()) return Error{"index is truncated"};
    rest_.remove_prefix(padded);
    return path;
  }

  // Version 4: how many bytes to drop from the end of the previous path, then what follows them, NUL-terminated.
  Result<std::string_view> compressed_path(std::size_t header) {
    std::size_t at = header;
    const std::optional<std::size_t> dropped = offset_number(at);
    const std::size_t end = rest_.find('\0', at);
    if (!dropped || end == std::string_view::npos) return Error{"index is damaged: entry name does not end"};
    const std::string_view before = index_.expanded_.empty() ? std::string_view() : index_.expanded_.back();
    if (*dropped > before.size()) return Error{"index is damaged: bad prefix length"};
    const std::string_view kept = before.substr(0, before.size() - *dropped);
    const std::size_t size = kept.size() + (end - at);
    expanded_bytes_ += size;
    if (size > kLongestPath || expanded_bytes_ > kMostExpandedBytes) return Error{"index is refused: names are too long"};
    index_.expanded_.push_back(cat(kept, rest_.substr(at, end - at)));
    rest_.remove_prefix(end + 1);
    return std::string_view(index_.expanded_.back());
  }

  // The variable-length number of pack offsets (gitformat-pack(5)); `at` moves behind it.
  std::optional<std::size_t> offset_number(std::size_t& at) const {
    std::size_t value = 0;
    for (int i = 0; i < 5; ++i) {
      if (at >= rest_.size()) return std::nullopt;
      const auto byte = static_cast<unsigned char>(rest_[at++]);
      value = value << 7U | (byte & 0x7FU);
      if ((byte & 0x80U) == 0) return value;
      ++value;
    }
    return std::nullopt;
  }

  Status extension() {
    if (rest_.size() < 8) return Error{"index is damaged: bad extension"};
    const std::string_view name = rest_.substr(0, 4);
    const std::size_t size = number32(4);
    if (size > rest_.size() - 8) return Error{"index is damaged: bad extension"};
    const std::string_view body = rest_.substr(8, size);
    rest_.remove_prefix(8 + size);
    if (name == "TREE") {
      if (!cached_tree(body)) index_.trees_.clear();
      return {};
    }
    if (name == "link") return Error{kSplitIndex};
    // Upper case: may be passed over. Lower case: the entries cannot be understood without it.
    if ((name[0] >= 'A' && name[0] <= 'Z') || name == "sdir") return {};
    return Error{cat("index extension ", quoted(name), " is not supported")};
  }

  // NAME NUL COUNT SP CHILDREN LF [ID], in preorder. A negative count marks a folder that changed. False: damaged.
  bool cached_tree(std::string_view body) {
    struct Open {
      std::size_t tree;
      std::size_t children_left;
    };
    std::vector<Open> open;
    do {
      std::size_t children = 0;
      if (!cached_tree_node(body, children)) return false;
      if (!open.empty()) --open.back().children_left;
      open.push_back({index_.trees_.size() - 1, children});
      while (!open.empty() && open.back().children_left == 0) {
        index_.trees_[open.back().tree].end = index_.trees_.size();
        open.pop_back();
      }
    } while (!open.empty());
    return body.empty();
  }

  bool cached_tree_node(std::string_view& body, std::size_t& children) {
    const std::size_t nul = body.find('\0');
    const std::size_t space = body.find(' ', nul == std::string_view::npos ? body.size() : nul);
    const std::size_t end = body.find('\n', space == std::string_view::npos ? body.size() : space);
    if (end == std::string_view::npos) return false;
    std::int64_t count = 0;
    if (!whole_number(body.substr(nul + 1, space - nul - 1), count)) return false;
    if (!whole_number(body.substr(space + 1, end - space - 1), children)) return false;
    CachedTree tree;
    tree.name = body.substr(0, nul);
    tree.valid = count >= 0;
    body.remove_prefix(end + 1);
    if (tree.valid) {
      if (body.size() < id_size_) return false;
      tree.id = ObjectId::from_raw(body.substr(0, id_size_));
      body.remove_prefix(id_size_);
    }
    index_.trees_.push_back(tree);
    return true;
  }

  template <typename Number>
  static bool whole_number(std::string_view text, Number& value) {
    const char* end = text.data() + text.size();
    const auto [stop, code] = std::from_chars(text.data(), end, value);
    return code == std::errc() && stop == end;
  }

  Index index_;
  std::string_view rest_;
  std::size_t id_size_;
  std::uint32_t version_ = 0;
  std::size_t expanded_bytes_ = 0;
};

Result<Index> Index::parse(std::string bytes, ObjectFormat format) { return IndexParser(std::move(bytes), format).parse(); }

std::size_t Index::lower_bound(std::string_view path) const {
  const auto found = std::lower_bound(entries_.begin(), entries_.end(), path,
                                      [](const IndexEntry& entry, std::string_view wanted) { return entry.path < wanted; });
  return static_cast<std::size_t>(found - entries_.begin());
}

bool Index::in_sparse_folder(std::string_view path) const {
  if (!sparse_) return false;
  for (std::size_t slash = path.find('/'); slash != std::string_view::npos; slash = path.find('/', slash + 1)) {
    const std::size_t at = lower_bound(path.substr(0, slash + 1));
    if (at < entries_.size() && entries_[at].path == path.substr(0, slash + 1)) return true;
  }
  return false;
}

bool Index::tracks(std::string_view path) const {
  const std::size_t at = lower_bound(path);
  return (at < entries_.size() && entries_[at].path == path) || in_sparse_folder(path);
}

bool Index::tracks_under(std::string_view folder) const {
  const std::string prefix = cat(folder, "/");
  const std::size_t at = lower_bound(prefix);
  if (at < entries_.size() && entries_[at].path.substr(0, prefix.size()) == prefix) return true;
  return tracks(folder) || in_sparse_folder(prefix);
}

}  // namespace hfscan
