// Tested by tests/unit/cli/rule_examples_test.cc.
#include "cli/example_home.h"

#include <charconv>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <utility>

#include "base/file.h"
#include "base/text.h"
#include "rules/fixture.h"

namespace hfscan {
namespace {

namespace fs = std::filesystem;

std::string place_of(const std::string& root, std::string_view path) {
  if (path.starts_with("~/")) return cat(root, "/home", path.substr(1));
  return path.starts_with('/') ? cat(root, path) : cat(root, "/home/", path);
}

Result<fs::perms> permissions_of(const RuleExample& file) {
  const std::string text = file.mode.empty() ? "0600" : file.mode;
  unsigned mode = 0;
  const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), mode, 8);
  if (failed != std::errc() || end != text.data() + text.size() || mode > 0777)
    return Error{cat("the mode ", hfscan::quoted(text), " of an example must be octal, like 0644")};
  return static_cast<fs::perms>(mode);
}

}  // namespace

Result<ExampleHome> ExampleHome::make(const RuleExample& example) {
  std::error_code failed;
  std::string path = (fs::temp_directory_path(failed) / "hfscan-example-XXXXXX").string();
  if (failed || ::mkdtemp(path.data()) == nullptr)
    return Error{"cannot make a folder for an example; set TMPDIR to one that can be written"};
  ExampleHome home(std::move(path));
  fs::create_directories(home.path_ + "/home", failed);
  HFSCAN_TRY(home.write(example));
  for (const RuleExample& other : example.also) HFSCAN_TRY(home.write(other));
  return home;
}

ExampleHome::ExampleHome(ExampleHome&& other) noexcept : path_(std::exchange(other.path_, "")) {}

ExampleHome::~ExampleHome() {
  std::error_code ignored;
  if (!path_.empty()) fs::remove_all(path_, ignored);
}

HostView ExampleHome::view() const {
  HostView host;
  host.home = path_ + "/home";
  host.root = path_;
  host.now = std::chrono::duration_cast<std::chrono::seconds>(std::chrono::system_clock::now().time_since_epoch()).count();
  return host;
}

Status ExampleHome::write(const RuleExample& file) const {
  if (file.path.empty() || file.path.find("..") != std::string::npos)
    return Error{cat("the path ", hfscan::quoted(file.path), " of an example must stay inside its home")};
  HFSCAN_TRY_ASSIGN(const fs::perms permissions, permissions_of(file));
  HFSCAN_TRY_ASSIGN(const std::string content, expand_fixture(file.content));
  const fs::path path = place_of(path_, file.path);
  std::error_code failed;
  for (fs::path folder = path.parent_path(); folder.string().size() > path_.size(); folder = folder.parent_path()) {
    fs::create_directories(folder, failed);
    fs::permissions(folder, fs::perms::owner_all, failed);
  }
  HFSCAN_TRY(write_file_atomically(path.string(), content));
  fs::permissions(path, permissions, failed);
  fs::last_write_time(path, fs::file_time_type::clock::now() - std::chrono::hours(24 * file.age_days), failed);
  return {};
}

}  // namespace hfscan
