// Paths of a tree as text: '/'-separated, relative to its root, a folder with a '/' at its end and the root empty.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace hfscan {

// "a/b/" of "a/b/c"; empty for a path without '/'.
std::string_view folder_of(std::string_view path);

// `named` as somebody who stands in `folder` means it: "." and ".." are taken out. Nothing when it is absolute, leaves the
// root, or is no plain path (a variable, a URL, `~`).
std::optional<std::string> resolve_path(std::string_view folder, std::string_view named);

// Whether the path lies in the folder, at any depth; everything lies in the root.
[[nodiscard]] bool lies_in_folder(std::string_view path, std::string_view folder);

}  // namespace hfscan
