// The result of a run, complete and plain: every reporter is a function of this and nothing else.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/diagnostic.h"
#include "core/exit_code.h"
#include "core/fact.h"
#include "core/finding.h"

namespace hfscan {

struct Counts {
  std::uint64_t active = 0;
  std::uint64_t baselined = 0;
  std::uint64_t ignored = 0;      // inline and by configuration
  std::uint64_t look_alikes = 0;  // gated placeholders and identifiers that are not in `findings`
  std::uint64_t secrets = 0;      // distinct secrets among active findings
  std::uint64_t blobs = 0;
  std::uint64_t objects = 0;  // history: of git, of any type; blobs are among them
  std::uint64_t members = 0;  // of archives, beside the blobs
  std::uint64_t bytes = 0;
};

struct Report {
  std::string command;             // scan | staged | history | stdin | host | hook
  std::vector<const Rule*> rules;  // the active rules, sorted by id
  Sha256Digest rules_digest{};
  std::vector<Finding> findings;        // sorted by report_order, all dispositions
  std::vector<Diagnostic> diagnostics;  // sorted by path, then message
  std::vector<Skip> skipped;            // sorted by path
  std::vector<Fact> facts;              // for the rules about the repository; no reporter shows them
  std::vector<std::string> notes;       // decisions worth saying once: "3 rules are switched off by .hfscan.toml"
  Counts counts;
  bool complete = true;  // no diagnostics
  ExitCode exit_code = ExitCode::clean;
};

}  // namespace hfscan
