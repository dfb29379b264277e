// Facts that take reading a program or a command: folders that are uploaded to the Hub, settings files that are sent, jobs that
// get no token. Separate from the facts of single lines, because these are read with the languages' own readers.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/fact.h"
#include "hygiene/file_view.h"

namespace hfscan {

// What is said of an upload: Fact::value of kUploadsFolder.
struct UploadedFolder {
  std::string folder;                // as the program writes it; "" is the working directory
  bool beside_file = false;          // relative to the folder of the program itself
  std::vector<std::string> ignored;  // patterns, as Python's fnmatch reads them
  std::vector<std::string> allowed;  // the same; empty: everything

  [[nodiscard]] std::string to_value() const;
  static UploadedFolder from_value(std::string_view value);

  // Whether the patterns let a file through; `path` is relative to the folder.
  [[nodiscard]] bool takes(std::string_view path) const;
};

// Every text with such a fact holds one of these words, besides those of fact_words().
[[nodiscard]] const std::vector<std::string>& call_words();

// Jobs are asked for by one rule, which is mostly off.
enum class JobFacts { gather, leave_out };

void find_fact_calls(FileOnDemand& file, JobFacts jobs, std::vector<Fact>& facts);

// Whether Python code calls what writes to the Hub.
[[nodiscard]] bool writes_to_hub(std::string_view code);

}  // namespace hfscan
