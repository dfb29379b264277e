#include "git/objects.h"

#include <algorithm>
#include <charconv>

namespace hfscan {
namespace {

// The value of the next header line if its key is `key`; `rest` moves behind the line.
std::optional<std::string_view> header_value(std::string_view& rest, std::string_view key) {
  if (rest.substr(0, key.size()) != key || rest.size() <= key.size() || rest[key.size()] != ' ') return std::nullopt;
  const std::size_t end = std::min(rest.find('\n'), rest.size());
  const std::string_view value = rest.substr(key.size() + 1, end - key.size() - 1);
  rest.remove_prefix(std::min(end + 1, rest.size()));
  return value;
}

// What follows the first empty line.
std::string_view message_of(std::string_view bytes) {
  const std::size_t gap = bytes.find("\n\n");
  return gap == std::string_view::npos ? std::string_view() : bytes.substr(gap + 2);
}

}  // namespace

bool TreeCursor::next(Entry& entry) {
  const std::size_t space = rest_.find(' ');
  if (space == std::string_view::npos) return false;
  const std::size_t nul = rest_.find('\0', space);
  if (nul == std::string_view::npos || rest_.size() - nul - 1 < id_size_) return false;
  const char* mode_end = rest_.data() + space;
  if (std::from_chars(rest_.data(), mode_end, entry.mode, 8).ptr != mode_end || space == 0) return false;
  entry.name = rest_.substr(space + 1, nul - space - 1);
  entry.raw_id = rest_.substr(nul + 1, id_size_);
  rest_.remove_prefix(nul + 1 + id_size_);
  return true;
}

Tree parse_tree(std::string_view bytes, ObjectFormat format) {
  Tree tree;
  TreeCursor cursor(bytes, format);
  for (TreeCursor::Entry entry; cursor.next(entry);) {
    tree.entries.push_back({entry.mode, entry.name, ObjectId::from_raw(entry.raw_id)});
  }
  tree.well_formed = cursor.well_formed();
  return tree;
}

std::optional<Commit> parse_commit(std::string_view bytes) {
  Commit commit;
  commit.message = message_of(bytes);
  const std::optional<std::string_view> tree = header_value(bytes, "tree");
  const std::optional<ObjectId> tree_id = tree ? ObjectId::from_hex(*tree) : std::nullopt;
  if (!tree_id) return std::nullopt;
  commit.tree = *tree_id;
  while (const std::optional<std::string_view> parent = header_value(bytes, "parent")) {
    const std::optional<ObjectId> id = ObjectId::from_hex(*parent);
    if (id) commit.parents.push_back(*id);
    commit.well_formed = commit.well_formed && id.has_value();
  }
  commit.author = header_value(bytes, "author").value_or("");
  commit.committer = header_value(bytes, "committer").value_or("");
  const std::optional<std::uint64_t> time = ident_time(commit.committer);
  commit.time = time.value_or(0);
  commit.well_formed = commit.well_formed && time && ident_time(commit.author);
  return commit;
}

std::string_view ident_person(std::string_view ident) {
  const std::size_t end = ident.rfind('>');
  return end == std::string_view::npos ? ident : ident.substr(0, end + 1);
}

// The number before the last space.
std::optional<std::uint64_t> ident_time(std::string_view ident) {
  const std::size_t zone = ident.rfind(' ');
  if (zone == std::string_view::npos || zone == 0) return std::nullopt;
  const std::size_t begin = ident.rfind(' ', zone - 1) + 1;  // npos + 1 is 0
  std::uint64_t seconds = 0;
  const auto parsed = std::from_chars(ident.data() + begin, ident.data() + zone, seconds);
  if (parsed.ec != std::errc() || parsed.ptr != ident.data() + zone) return std::nullopt;
  return seconds;
}

std::optional<Tag> parse_tag(std::string_view bytes) {
  Tag tag;
  tag.message = message_of(bytes);
  const std::optional<std::string_view> object = header_value(bytes, "object");
  const std::optional<ObjectId> id = object ? ObjectId::from_hex(*object) : std::nullopt;
  if (!id) return std::nullopt;
  tag.target = *id;
  return tag;
}

}  // namespace hfscan
