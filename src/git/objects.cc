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

// "Name <mail> 1700000000 +0000"; the number before the last space.
std::uint64_t time_of(std::string_view ident) {
  const std::size_t zone = ident.rfind(' ');
  if (zone == std::string_view::npos || zone == 0) return 0;
  const std::size_t begin = ident.rfind(' ', zone - 1) + 1;  // npos + 1 is 0
  std::uint64_t seconds = 0;
  std::from_chars(ident.data() + begin, ident.data() + zone, seconds);
  return seconds;
}

}  // namespace

Tree parse_tree(std::string_view bytes, ObjectFormat format) {
  const auto id_size = static_cast<std::size_t>(format);
  Tree tree;
  while (!bytes.empty()) {
    const std::size_t nul = bytes.find('\0');
    const std::size_t space = bytes.find(' ');
    TreeEntry entry;
    tree.well_formed = nul != std::string_view::npos && space < nul && bytes.size() - nul - 1 >= id_size &&
                       std::from_chars(bytes.data(), bytes.data() + space, entry.mode, 8).ptr == bytes.data() + space;
    if (!tree.well_formed) return tree;
    entry.name = bytes.substr(space + 1, nul - space - 1);
    entry.id = ObjectId::from_raw(bytes.substr(nul + 1, id_size));
    tree.entries.push_back(entry);
    bytes.remove_prefix(nul + 1 + id_size);
  }
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
    if (const std::optional<ObjectId> id = ObjectId::from_hex(*parent)) commit.parents.push_back(*id);
  }
  header_value(bytes, "author");
  if (const std::optional<std::string_view> committer = header_value(bytes, "committer")) commit.time = time_of(*committer);
  return commit;
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
