// Matchers of the rule about other platforms (HF2016), by how a platform is told: on a command line, in a program, in a file.
#pragma once

#include "hygiene/matchers/jobs_code.h"

namespace hfscan {

void find_in_platform_commands(const FileCheck& check, CodeReport& report);  // platforms_commands.cc
void find_in_platform_calls(const FileCheck& check, CodeReport& report);     // platforms_calls.cc
void find_in_platform_files(const FileCheck& check, CodeReport& report);     // platforms_files.cc

}  // namespace hfscan
