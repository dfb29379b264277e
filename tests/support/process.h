// Runs a program as a user would, with a scrubbed environment, and returns everything it said.
#pragma once

#include <map>
#include <string>
#include <vector>

namespace hfscan::test {

struct ProcessResult {
  int exit_code = -1;  // 128 + signal when it was killed
  std::string out;
  std::string err;
};

struct ProcessOptions {
  std::string folder = {};  // working directory; empty: the current one
  std::map<std::string, std::string> environment =
      {};             // added to PATH, HOME=/nonexistent and LC_ALL=C.UTF-8, which is all there is
  std::string input;  // standard input
};

ProcessResult run_process(const std::vector<std::string>& argv, const ProcessOptions& options = {});

}  // namespace hfscan::test
