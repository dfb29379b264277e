// Calls that start a Hugging Face Job: of the Python client, and of the tool hf_jobs of the MCP server.
#pragma once

#include <functional>
#include <vector>

#include "hygiene/matchers/jobs_code.h"

namespace hfscan {

struct JobCall {
  ByteSpan head;  // the callee; of an object its first key
  TokenRange inside;
  std::vector<CodeEntry> entries;  // of its arguments, see CodeValues::arguments
  bool is_tool = false;            // hf_jobs, or an object with an `operation`: placeholders are replaced there

  [[nodiscard]] std::uint32_t at() const { return inside.begin; }
};

// Words of which one stands in every text that has such a call.
extern const Words kJobWords;

struct JobText {
  const CodeText& text;
  const CodeValues& values;
};

void for_each_job_call(const FileCheck& check, const std::function<void(const JobText&, const JobCall&)>& visit);

// Entries of the call's mapping of this name (env, secrets), each once.
std::vector<CodeEntry> channel(const JobText& text, const JobCall& call, std::string_view name);

// Calls of these names in a tree, less those inside another one; also f in `partial(f, ...)`, `to_thread(f, ...)`.
std::vector<CodeCall> calls_or_passed(const CodeTree& tree, Words names);

}  // namespace hfscan
