#include "hygiene/matchers/jobs.h"

#include <array>

#include "hygiene/matchers/families.h"

namespace hfscan {
namespace {

void secret_literal(const FileCheck& check) {
  job_secret_literal(check);
  job_secret_literal_in_argv(check);
}

void wrong_secret_key(const FileCheck& check) {
  job_wrong_secret_key(check);
  job_cli_wrong_secret_key(check);
}

}  // namespace

std::span<const FileMatcher> job_matchers() {
  static constexpr std::array<FileMatcher, 7> kMatchers = {{{"job-token-in-env", job_token_in_env},
                                                            {"job-cli-token-in-env", job_cli_token_in_env},
                                                            {"job-secret-literal", secret_literal},
                                                            {"job-secret-in-argv", job_secret_in_argv},
                                                            {"job-token-in-command", job_token_in_command},
                                                            {"job-wrong-secret-key", wrong_secret_key},
                                                            {"job-unexpanded-placeholder", job_unexpanded_placeholder}}};
  return kMatchers;
}

}  // namespace hfscan
