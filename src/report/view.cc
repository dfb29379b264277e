#include "report/view.h"

#include <algorithm>
#include <ostream>

#include "base/mask.h"
#include "base/text.h"
#include "base/time.h"

namespace hfscan {
namespace {

constexpr std::size_t kShortestId = 40;  // of SHA-1 in hexadecimal

bool is_object_id(std::string_view word) {
  return word.size() >= kShortestId && word.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

std::string short_ref(std::string_view ref) {
  for (const auto& [prefix, instead] :
       {std::pair<std::string_view, std::string_view>{"refs/heads/", ""}, {"refs/tags/", "tag "}, {"refs/remotes/", ""}}) {
    if (ref.starts_with(prefix) && ref.size() > prefix.size()) return cat(instead, ref.substr(prefix.size()));
  }
  return ref == "refs/stash" ? "the stash" : std::string(ref);
}

}  // namespace

std::vector<const Finding*> shown_findings(const Report& report, const ReportOptions& options) {
  std::vector<const Finding*> shown;
  for (const Finding& finding : report.findings) {
    if (options.paranoid || !finding.look_alike) shown.push_back(&finding);
  }
  return shown;
}

std::uint64_t hidden_look_alikes(const Report& report, const ReportOptions& options) {
  if (options.paranoid) return report.counts.look_alikes;
  const auto hidden =
      std::count_if(report.findings.begin(), report.findings.end(), [](const Finding& f) { return f.look_alike; });
  return report.counts.look_alikes + static_cast<std::uint64_t>(hidden);
}

std::string place_name(const Location& location) {
  if (!location.path.empty()) return without_tokens(location.path);
  if (!location.commit.empty()) return cat("commit ", location.commit);
  if (!location.blob.empty()) return cat("object ", location.blob);
  return "(no name)";
}

std::string without_tokens(std::string_view name) { return mask_token_shapes(name); }

bool is_in_git_folder(std::string_view path) {
  return path.starts_with(".git/") || path.find("/.git/") != std::string_view::npos;
}

std::string place_label(PlaceKind kind, std::string_view path) {
  const bool in_folder = is_in_git_folder(path);
  std::string name = without_tokens(path);
  switch (kind) {
    case PlaceKind::commit_message:
    case PlaceKind::tag_message: return cat("message ", in_folder ? "in " : "of ", name);
    case PlaceKind::note: return cat("note ", name);
    case PlaceKind::ident: return cat("name of a person in ", name);
    case PlaceKind::ref_name: return cat("name of ", in_folder ? "a ref in " : "ref ", name);
    case PlaceKind::path: return cat("name of ", in_folder ? "a file in " : "path ", name);
    case PlaceKind::stash: return cat(name, " in the stash");
    case PlaceKind::blob:
    case PlaceKind::reflog:
    case PlaceKind::config: break;
  }
  return name;
}

bool is_file(PlaceKind kind, std::string_view path, std::string_view blob) {
  if (path.empty() || kind == PlaceKind::ref_name) return false;
  if (kind == PlaceKind::reflog || kind == PlaceKind::config || is_in_git_folder(path)) return true;
  const std::string nameless = cat("blob ", blob);  // in a submodule behind its path
  const bool is_nameless = !blob.empty() && (path == nameless || path.ends_with(cat("/", nameless)));
  return (kind == PlaceKind::blob || kind == PlaceKind::stash) && !is_nameless;
}

std::vector<std::string> short_refs(const std::vector<std::string>& refs) {
  std::vector<std::string> names(refs.size());
  std::transform(refs.begin(), refs.end(), names.begin(), short_ref);
  std::vector<std::string> out;
  out.reserve(refs.size());
  for (std::size_t i = 0; i < refs.size(); ++i) {
    const bool is_alone = std::count(names.begin(), names.end(), names[i]) == 1;
    out.push_back(without_tokens(is_alone ? names[i] : refs[i]));
  }
  return out;
}

std::string_view short_id(std::string_view id) { return id.substr(0, 12); }

std::string with_short_id(std::string_view name) {
  const std::size_t space = name.rfind(' ');
  if (space == std::string_view::npos || !is_object_id(name.substr(space + 1))) return std::string(name);
  return cat(name.substr(0, space + 1), short_id(name.substr(space + 1)));
}

std::string instant_or_empty(const std::optional<std::int64_t>& seconds) {
  return seconds && *seconds >= 0 && *seconds <= kLastInstant ? instant_text(*seconds) : "";
}

bool revocable_in_settings(const SecretReference& secret) { return secret.kind == CredentialKind::user_access_token; }

Status write_to(std::ostream& out, std::string_view bytes) {
  out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  if (out.good()) return {};
  return Error{"the report could not be written completely; check the free space of its destination and run again"};
}

}  // namespace hfscan
