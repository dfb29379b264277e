// Tested by tests/unit/host/places_test.cc.
#include "host/places.h"

#include <algorithm>
#include <filesystem>

#include "base/text.h"
#include "host/file_reader.h"
#include "host/folder_walk.h"
#include "host/place_table.h"
#include "host/processes.h"
#include "syntax/key_values.h"

namespace hfscan {
namespace {

// The part before the first '*', up to its last '/'.
std::string folder_of_pattern(const std::string& path) { return path.substr(0, path.rfind('/', path.find('*'))); }

class Survey {
 public:
  explicit Survey(const HostView& host) : host_(host), reader_(host, inventory_) {}

  HostInventory run() {
    for (const PlacePattern& pattern : place_patterns()) look_at(pattern);
    look_at_credential_stores();
    look_at_named_files();
    add_processes(host_, inventory_);
    return std::move(inventory_);
  }

 private:
  void look_at(const PlacePattern& pattern) {
    const std::string path = std::filesystem::path(resolve_pattern(host_, pattern.pattern)).lexically_normal().string();
    if (path.empty()) return;
    const bool names_file = pattern.pattern.starts_with('$') && pattern.pattern.find('/') == std::string_view::npos;
    const bool shared = pattern.pattern.starts_with("$TMPDIR");
    FileReader::Request request{pattern.kind, path, folder_of_pattern(path)};
    request.links = names_file ? LinksTo::anywhere : LinksTo::home_or_folder;
    request.owner = shared ? Owner::self : Owner::anybody;
    std::size_t found = 0;
    for (std::string& match : expand_pattern(path, unreadable())) {
      request.path = std::move(match);
      if (reader_.read(request)) ++found;
    }
    note(shown_path(host_, path), found);
  }

  void note(std::string shown, std::size_t found) {
    const auto same = [&shown](const LookedAt& row) { return row.shown == shown; };
    if (std::none_of(inventory_.looked_at.begin(), inventory_.looked_at.end(), same))
      inventory_.looked_at.push_back({std::move(shown), found});
  }

  // `helper = store --file PATH` keeps credentials in a file of another name.
  void look_at_credential_stores() {
    std::vector<std::string> paths;
    for (const HostPlace& place : inventory_.places) {
      if (place.kind != HostPlaceKind::git_config) continue;
      for (const Assignment& entry : read_ini(place.content, IniFlavour::git).assignments) {
        const std::string& value = entry.value.text;
        const std::size_t option = value.find("--file");
        if (to_lower_ascii(entry.name) != "helper" || option == std::string::npos) continue;
        const std::string_view file = trim(std::string_view(value).substr(option + 6));
        paths.emplace_back(trim(file.starts_with('=') ? file.substr(1) : file));
      }
    }
    for (const std::string& path : paths) {
      if (path.starts_with("~/")) look_at({HostPlaceKind::git_credentials, path});
      if (path.starts_with(host_.home + "/"))
        look_at({HostPlaceKind::git_credentials, cat("~", path.substr(host_.home.size()))});
    }
  }

  void look_at_named_files() {
    std::size_t closed = 0;
    const NamedFiles named =
        find_named_files(host_.home, [&closed](const std::string& /*path*/, const std::string& /*message*/) { ++closed; });
    read_all(named.secret_files, HostPlaceKind::secret_file);
    read_all(named.scripts, HostPlaceKind::script);
    inventory_.looked_at.push_back({"~/**/.env*, *.token, hf_token.txt and the like", named.secret_files.size()});
    inventory_.looked_at.push_back({"~/*.sh, ~/*/*.sh and other scripts and documents", named.scripts.size()});
    if (closed != 0) {
      inventory_.notes.push_back(cat(count_of(closed, "folder", "folders"),
                                     " below the home cannot be listed: no .env and token files were looked for there"));
    }
    if (!named.complete) {
      inventory_.notes.push_back(cat("the home folder holds many files: .env and token files were looked for among the first ",
                                     with_thousands(kMostWalkedEntries)));
    }
  }

  void read_all(const std::vector<std::string>& paths, HostPlaceKind kind) {
    for (const std::string& path : paths) static_cast<void>(reader_.read({kind, path, folder_of_pattern(path)}));
  }

  Unreadable unreadable() {
    return [this](const std::string& path, const std::string& message) {
      inventory_.diagnostics.push_back({cat(shown_path(host_, path), "/"), message});
    };
  }

  const HostView& host_;
  HostInventory inventory_;
  FileReader reader_;
};

}  // namespace

HostInventory take_inventory(const HostView& host) { return Survey(host).run(); }

}  // namespace hfscan
