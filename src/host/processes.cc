// Tested by tests/unit/host/processes_test.cc.
#include "host/processes.h"

#include <algorithm>
#include <filesystem>
#include <vector>

#include "base/file.h"
#include "base/text.h"

namespace hfscan {
namespace {

constexpr std::uint64_t kMostArgumentBytes = std::uint64_t{8} << 20U;  // more than Linux gives a process by default

bool is_number(const std::string& name) { return !name.empty() && name.find_first_not_of("0123456789") == std::string::npos; }

std::vector<std::string> process_ids(const std::string& folder) {
  std::vector<std::string> ids;
  std::error_code failed;
  for (std::filesystem::directory_iterator at(folder, failed); !failed && at != std::filesystem::directory_iterator();
       at.increment(failed)) {
    if (std::string name = at->path().filename().string(); is_number(name)) ids.push_back(std::move(name));
  }
  std::sort(ids.begin(), ids.end());
  return ids;
}

}  // namespace

void add_processes(const HostView& host, HostInventory& inventory) {
  const std::string folder = host.root + "/proc";
  std::size_t count = 0;
  for (const std::string& id : process_ids(folder)) {
    Result<std::string> arguments = read_file(cat(folder, "/", id, "/cmdline"), kMostArgumentBytes, Symlinks::refuse);
    if (!arguments.ok() || arguments->empty()) continue;  // a thread of the kernel has none
    std::replace(arguments->begin(), arguments->end(), '\0', '\n');
    inventory.places.push_back(
        {HostPlaceKind::process, cat("/proc/", id, "/cmdline"), 0, cat("/proc/", id), 0, std::move(*arguments)});
    ++count;
  }
  inventory.looked_at.push_back({"/proc/*/cmdline", count});
  if (count == 0) inventory.notes.emplace_back("no process can be seen in /proc: the arguments of processes were not checked");
}

}  // namespace hfscan
