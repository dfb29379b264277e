// The matchers of Terraform, Nix and services, one function per rule; infrastructure.cc has their table.
#pragma once

#include "hygiene/matcher.h"

namespace hfscan {

void terraform_token(const FileCheck& check);      // HF4012, infrastructure.cc
void nix_token(const FileCheck& check);            // HF4013, infrastructure_nix.cc
void service_token(const FileCheck& check);        // HF4014, infrastructure_services.cc
void platform_file_token(const FileCheck& check);  // part of it, infrastructure_platforms.cc

}  // namespace hfscan
