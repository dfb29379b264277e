// Opens the files of an inventory, each once, and says what became of it. Internal to the inventory.
#pragma once

#include <set>
#include <string>

#include "host/places.h"

namespace hfscan {

// Which links may be followed: those that stay in the home or in the folder in which the place lies, as dotfiles often do; any,
// where a variable names the file itself.
enum class LinksTo { home_or_folder, anywhere };

// Whose files are read in a folder that everybody may write to.
enum class Owner { anybody, self };

class FileReader {
 public:
  FileReader(const HostView& host, HostInventory& inventory);

  struct Request {
    HostPlaceKind kind = HostPlaceKind::token_file;
    std::string path;    // absolute
    std::string folder;  // links may lead into it
    LinksTo links = LinksTo::home_or_folder;
    Owner owner = Owner::anybody;
  };
  // Adds a place, a skip or a diagnostic, or nothing when there is no such file. True: there is one, read or not.
  bool read(const Request& request);

 private:
  void read_found(const Request& request, const std::string& real);
  void diagnose(const std::string& path, std::string_view message);

  const HostView& host_;
  HostInventory& inventory_;
  std::string real_home_;
  std::set<std::string> seen_;
};

}  // namespace hfscan
