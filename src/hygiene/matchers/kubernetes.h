// The matchers of Kubernetes manifests, kustomizations and Helm, one function per rule; kubernetes.cc has their table.
#pragma once

#include <functional>

#include "hygiene/matcher.h"

namespace hfscan {

void kubernetes_env(const FileCheck& check);        // HF4007, kubernetes_env.cc
void kubernetes_configmap(const FileCheck& check);  // HF4008, kubernetes_data.cc
void kubernetes_secret(const FileCheck& check);     // HF4009, kubernetes_data.cc
void kubernetes_arguments(const FileCheck& check);  // HF4010, kubernetes.cc
void helm_values(const FileCheck& check);           // HF4011, kubernetes_helm.cc

// Every mapping of every YAML and JSON text of the file; JSON is read as the YAML that it is. Workflows of GitHub are left out.
void for_each_manifest_mapping(const FileCheck& check, const std::function<void(const Piece&, const YamlNode&)>& visit);

}  // namespace hfscan
