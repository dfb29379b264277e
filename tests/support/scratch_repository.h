// A repository made by the git program, with fixed identities and a home folder of its own, so that nothing of the machine's
// configuration takes part.
#pragma once

#include <gtest/gtest.h>

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "support/process.h"
#include "support/temp_folder.h"

namespace hfscan::test {

class ScratchRepository {
 public:
  ScratchRepository() { git({"init", "-q", "-b", "main", path()}, temp_.path()); }

  // The top of the work tree.
  [[nodiscard]] std::string path() const { return temp_.path("repo"); }
  [[nodiscard]] std::string path(std::string_view relative) const { return path() + "/" + std::string(relative); }
  // The folder around it, which is also HOME.
  [[nodiscard]] const TempFolder& around() const { return temp_; }

  void write(std::string_view relative, std::string_view content) const {
    temp_.write("repo/" + std::string(relative), content);
  }

  // Standard output; a failure of git is a failure of the test.
  std::string git(std::vector<std::string> arguments, std::string folder = "",
                  std::map<std::string, std::string> environment = {}) const {
    arguments.insert(arguments.begin(), {"git", "-c", "protocol.file.allow=always", "-c", "core.fsync=none"});
    for (const char* role : {"AUTHOR", "COMMITTER"}) {
      environment.emplace(std::string("GIT_") + role + "_NAME", "Ann Example");
      environment.emplace(std::string("GIT_") + role + "_EMAIL", "ann@example.com");
      environment.emplace(std::string("GIT_") + role + "_DATE", "1700000000 +0000");
    }
    environment.emplace("HOME", temp_.path());
    environment.emplace("GIT_CONFIG_NOSYSTEM", "1");
    ProcessOptions options;
    options.folder = folder.empty() ? path() : std::move(folder);
    options.environment = std::move(environment);
    const ProcessResult result = run_process(arguments, options);
    EXPECT_EQ(result.exit_code, 0) << arguments.at(5) << ": " << result.err;
    return result.out;
  }

  // Its object id.
  std::string commit_all(std::string_view message = "work") const {
    git({"add", "-A"});
    git({"commit", "-q", "--allow-empty", "-m", std::string(message)});
    return rev("HEAD");
  }

  [[nodiscard]] std::string rev(std::string_view name) const {
    std::string id = git({"rev-parse", std::string(name)});
    if (!id.empty()) id.pop_back();
    return id;
  }

 private:
  TempFolder temp_;
};

}  // namespace hfscan::test
