// Matchers of the rules about Hugging Face Jobs, by the file that holds them.
#pragma once

#include "hygiene/matcher.h"

namespace hfscan {

// jobs_channels.cc
void job_token_in_env(const FileCheck& check);
void job_wrong_secret_key(const FileCheck& check);
void job_unexpanded_placeholder(const FileCheck& check);
// jobs_secrets.cc
void job_secret_literal(const FileCheck& check);
// jobs_arguments.cc
void job_cli_token_in_env(const FileCheck& check);
void job_secret_in_argv(const FileCheck& check);
void job_cli_wrong_secret_key(const FileCheck& check);
void job_secret_literal_in_argv(const FileCheck& check);
// jobs_remote.cc
void job_token_in_command(const FileCheck& check);

}  // namespace hfscan
