#include "git/refs.h"

#include <filesystem>
#include <set>
#include <string_view>

#include "base/text.h"

namespace hfscan {
namespace {

constexpr std::uint64_t kRefLimit = 65536;
constexpr std::uint64_t kPackedRefsLimit = std::uint64_t{1} << 30U;
constexpr int kSymbolicDepth = 5;  // as git (refs.c in its source)

// A ref name becomes a path, so it must stay inside the folder.
bool is_safe_name(std::string_view name) {
  if (name.empty() || name.front() == '/' || name.find('\0') != std::string_view::npos) return false;
  return name.find("..") == std::string_view::npos && (name == "HEAD" || name.substr(0, 5) == "refs/");
}

std::string folder_of_ref(const RepositoryLayout& layout, std::string_view name) {
  const bool own = name.find('/') == std::string_view::npos || name.substr(0, 14) == "refs/worktree/" ||
                   name.substr(0, 12) == "refs/bisect/";
  return own ? layout.git_dir : layout.common_dir;
}

Result<std::string> packed_refs(const RepositoryLayout& layout) {
  HFSCAN_TRY_ASSIGN(auto text, read_git_file(layout, layout.common_dir + "/packed-refs", kPackedRefsLimit));
  return std::move(text).value_or("");
}

// "<id> <name>", or nothing for comments, peeled lines and anything malformed.
std::optional<std::pair<ObjectId, std::string_view>> packed_line(std::string_view line) {
  const std::size_t space = line.find(' ');
  if (space == std::string_view::npos) return std::nullopt;
  const std::optional<ObjectId> id = ObjectId::from_hex(line.substr(0, space));
  if (!id) return std::nullopt;
  return std::pair(*id, line.substr(space + 1));
}

std::optional<ObjectId> find_packed(std::string_view text, const std::string& name) {
  const std::string wanted = cat(" ", name);
  for (std::size_t at = text.find(wanted); at != std::string_view::npos; at = text.find(wanted, at + 1)) {
    const std::size_t begin = text.rfind('\n', at) + 1;  // npos + 1 is 0
    const std::size_t end = text.find_first_of("\r\n", at);
    const auto line = packed_line(text.substr(begin, end == std::string_view::npos ? end : end - begin));
    if (line && line->second == name) return line->first;
  }
  return std::nullopt;
}

Status visit_packed(const RepositoryLayout& layout, const std::string& prefix, const RefVisitor& visitor,
                    const std::set<std::string>& loose) {
  HFSCAN_TRY_ASSIGN(const std::string text, packed_refs(layout));
  for (const std::string_view line : split_lines(text)) {
    if (line.empty() || line.front() == '#' || line.front() == '^') continue;
    const auto ref = packed_line(line);
    if (!ref) {
      visitor.broken("packed-refs");
      continue;
    }
    const std::string name(ref->second);
    if (name.compare(0, prefix.size(), prefix) == 0 && !loose.contains(name)) visitor.use(name, ref->first);
  }
  return {};
}

}  // namespace

Result<std::optional<ObjectId>> resolve_ref(const RepositoryLayout& layout, const std::string& name) {
  if (!layout.ref_storage.empty()) {
    return Error{cat("refs are stored as ", hfscan::quoted(layout.ref_storage), ", which is not supported; 'files' is")};
  }
  std::string current = name;
  for (int depth = 0; depth <= kSymbolicDepth; ++depth) {
    if (!is_safe_name(current))
      return Error{cat("ref ", hfscan::quoted(name), " leads to ", hfscan::quoted(current), ", which is no ref name")};
    std::error_code ignored;
    const std::string path = cat(folder_of_ref(layout, current), "/", current);
    // A folder of that name is where other refs live, not a broken ref.
    const bool folder = std::filesystem::is_directory(path, ignored);
    HFSCAN_TRY_ASSIGN(const auto text, folder ? Result<std::optional<std::string>>(std::optional<std::string>())
                                              : read_git_file(layout, path, kRefLimit));
    if (!text) {
      HFSCAN_TRY_ASSIGN(const std::string packed, packed_refs(layout));
      return find_packed(packed, current);
    }
    const std::string_view content = trim(*text);
    if (content.substr(0, 4) != "ref:") {
      const std::optional<ObjectId> id = ObjectId::from_hex(content);
      if (!id) return Error{cat("ref ", hfscan::quoted(current), " is broken: it holds no object id")};
      return id;
    }
    current = trim(content.substr(4));
  }
  return Error{cat("ref ", hfscan::quoted(name), " is broken: symbolic refs form a loop")};
}

Result<std::optional<ObjectId>> resolve_head(const RepositoryLayout& layout) { return resolve_ref(layout, "HEAD"); }

Status for_each_ref(const RepositoryLayout& layout, const std::string& prefix, const RefVisitor& visitor) {
  if (!layout.ref_storage.empty()) {
    return Error{cat("refs are stored as ", hfscan::quoted(layout.ref_storage), ", which is not supported; 'files' is")};
  }
  std::set<std::string> loose;
  std::error_code error;
  const std::filesystem::path top = cat(layout.common_dir, "/", prefix);
  std::filesystem::recursive_directory_iterator entries(top, std::filesystem::directory_options::skip_permission_denied, error);
  for (; !error && entries != std::filesystem::recursive_directory_iterator(); entries.increment(error)) {
    std::error_code ignored;
    if (entries->is_directory(ignored)) continue;
    const std::string name = entries->path().string().substr(layout.common_dir.size() + 1);
    const auto id = resolve_ref(layout, name);
    loose.insert(name);
    if (id.ok() && *id)
      visitor.use(name, **id);
    else
      visitor.broken(name);
  }
  if (error && error != std::errc::no_such_file_or_directory) visitor.broken(prefix);
  return visit_packed(layout, prefix, visitor, loose);
}

}  // namespace hfscan
