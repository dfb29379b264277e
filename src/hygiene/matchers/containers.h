// The matchers of images, one function per rule; containers.cc has their table.
#pragma once

#include "hygiene/matcher.h"

namespace hfscan {

void docker_env(const FileCheck& check);         // HF4001, containers.cc
void docker_arg(const FileCheck& check);         // HF4002, containers.cc
void docker_layer(const FileCheck& check);       // HF4003, containers_layer.cc
void docker_copy(const FileCheck& check);        // HF4004, containers_copy.cc
void docker_build_args(const FileCheck& check);  // HF4005, containers_build_args.cc
void build_arg_options(const FileCheck& check);  // part of it, containers_build_options.cc

}  // namespace hfscan
