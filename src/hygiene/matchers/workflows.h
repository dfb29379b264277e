// The matchers of the rules about GitHub Actions, by topic; workflows.cc lists them by name.
#pragma once

#include "hygiene/matcher.h"

namespace hfscan {

// workflows.cc: what expressions read.
void token_from_vars(const FileCheck& check);
void secret_in_condition(const FileCheck& check);
void all_secrets_exposed(const FileCheck& check);

// workflows_run.cc: secrets pasted into scripts.
void secret_in_run(const FileCheck& check);

// workflows_scope.cc: who can reach the token.
void token_in_broad_env(const FileCheck& check);
void missing_permissions(const FileCheck& check);
void publishes_with_secret(const FileCheck& check);

// workflows_triggers.cc: who can start it.
void token_for_untrusted_code(const FileCheck& check);

// workflows_paths.cc: what artifacts and caches take along.
void artifact_leaks_token(const FileCheck& check);
void cache_leaks_token(const FileCheck& check);

// workflows_writes.cc: where scripts write the token.
void token_to_step_environment(const FileCheck& check);
void token_to_file(const FileCheck& check);

// workflows_debug.cc
void debug_logging(const FileCheck& check);

}  // namespace hfscan
