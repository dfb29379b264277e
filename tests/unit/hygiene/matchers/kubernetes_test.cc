#include <gtest/gtest.h>

#include "containers_support.h"

namespace hfscan {
namespace {

TEST(KubernetesEnv, APlainValueIsFound) {
  const Example examples[] = {
      {"k8s/pod.yml",
       "apiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - name: c\n    env:\n    - name: HF_TOKEN\n      value: <TOKEN>\n"},
      {"k8s/pod.yml",
       "apiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - name: c\n    env:\n    - {name: HF_TOKEN, value: \"abc\"}\n"},
      {"k8s/pod.yml",
       "apiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - name: c\n    env:\n    - value: $HF_TOKEN\n      name: "
       "HUGGINGFACE_TOKEN\n"},
      {"pod.json",
       "{\"apiVersion\":\"v1\",\"kind\":\"Pod\",\"spec\":{\"containers\":[{\"name\":\"c\",\"env\":[{\"name\":\"HF_TOKEN\","
       "\"value\":\"abc\"}]}]}}"},
      {"README.md",
       "```yaml\napiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - name: c\n    env:\n    - name: HF_TOKEN\n      value: "
       "${HF_TOKEN}\n```\n"},
      {"README.md",
       "```\napiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - name: c\n    env:\n    - name: HF_TOKEN\n      value: "
       "${HF_TOKEN}\n```\n"},
      {"chart/templates/deploy.yaml",
       "{{- if .Values.x }}\napiVersion: apps/v1\nkind: Deployment\nspec:\n  template:\n    spec:\n      containers:\n        "
       "- name: {{ .Chart.Name }}\n          {{- toYaml .Values.a | nindent 10 }}\n          env:\n            - name: "
       "HF_TOKEN\n              value: \"{{ .Values.hf_token }}\"\n{{- end }}\n"},
      {"chart/templates/deploy.yaml",
       "apiVersion: apps/v1\nspec:\n  {{ include \"x\" . | nindent 2 }}\n     env:\n     {{- range .x }}\n     - name: A\n     "
       "  value: b\n     {{- end }}\n     - name: HF_TOKEN\n       value: {{ .Values.token }}\n"},
      {"a.yaml",
       "apiVersion: v1\nkind: List\nitems:\n- kind: Pod\n  spec:\n    initContainers:\n    - env:\n      - name: HF_TOKEN\n    "
       "    value: abc\n"},
      {"cron.yaml",
       "kind: CronJob\nspec:\n  jobTemplate:\n    spec:\n      template:\n        spec:\n          containers:\n          - "
       "env:\n            - name: HF_API_TOKEN\n              value: |\n                abc\n"},
      {"apply.sh",
       "kubectl apply -f - <<EOF\napiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - name: c\n    env:\n    - name: "
       "HF_TOKEN\n      value: $HF_TOKEN\nEOF\n"},
      {"kserve.yaml",
       "apiVersion: serving.kserve.io/v1beta1\nkind: InferenceService\nspec:\n  predictor:\n    model:\n      env:\n      - "
       "name: HF_TOKEN\n        value: mytoken\n"},
      {"multi.yaml",
       "a: b\n---\napiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - name: c\n    env:\n    - name: HF_TOKEN\n      value: "
       "x1\n---\nc: d\n"},
      {"values.yaml", "extraEnv:\n  - name: HF_TOKEN\n    value: abc\n"},
      {"patch.yaml",
       "- op: add\n  path: /spec/template/spec/containers/0/env/-\n  value:\n    name: HF_TOKEN\n    value: abc\n"},
  };
  for (const Example& example : examples) {
    const std::string text = with_tokens(std::string(example.text));
    EXPECT_TRUE(is_found(example.path, text, "HF4007")) << example.path << "\n" << example.text;
  }
}

TEST(KubernetesEnv, ReferencesToSecretsAndEmptyValuesAreNot) {
  const Example examples[] = {
      {"p.yaml",
       "apiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - name: c\n    env:\n    - name: HF_TOKEN\n      valueFrom: "
       "{secretKeyRef: {name: a, key: b}}\n"},
      {"p.yaml",
       "apiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - name: c\n    env:\n    - name: HF_TOKEN\n      value:\n"},
      {"p.yaml",
       "apiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - name: c\n    env:\n    - name: HF_TOKEN_PATH\n      value: /a\n   "
       " - name: HF_HOME\n      value: /b\n"},
      {"p.yaml",
       "apiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - name: c\n    env:\n    - name: TOKENIZERS_PARALLELISM\n      "
       "value: \"false\"\n"},
      {"p.yaml",
       "apiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - name: c\n    env:\n    # - name: HF_TOKEN\n    #   value: abc\n   "
       " - name: A\n      value: b\n"},
      {"t.yaml", "params:\n- name: hf_token\n  value: $(params.t)\n"},
      {"p.yaml",
       "apiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - name: c\n    envFrom:\n    - secretRef:\n        name: "
       "hf-token\n"},
      {"chart/templates/d.yaml",
       "env:\n- name: HF_TOKEN\n  valueFrom:\n    secretKeyRef:\n      name: {{ .Values.secret }}\n      key: token\n"},
      {"s.yaml", "apiVersion: v1\nkind: Secret\nstringData:\n  HF_TOKEN: $HF_TOKEN\n"},
      {"vol.yaml", "volumes:\n- name: hf-token\n  secret:\n    secretName: hf\n"},
      {"p.yaml",
       "apiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - name: c\n    env:\n    - name: MODEL\n      value: HF_TOKEN\n"},
      {"chart/templates/x.yaml", "{{ if .a }}\nenv:\n- name: HF_TOKEN\n  value: \"\"\n{{ end }}\n"},
  };
  for (const Example& example : examples) {
    const std::string text = with_tokens(std::string(example.text));
    EXPECT_FALSE(is_found(example.path, text, "HF4007")) << example.path << "\n" << example.text;
  }
}

TEST(KubernetesConfigMap, ATokenInItIsFound) {
  const Example examples[] = {
      {"a.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: c\ndata:\n  HF_TOKEN: <TOKEN>\n"},
      {"a.yml", "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: c\ndata:\n  hf_token: \"${HF_TOKEN}\"\n"},
      {"a.yml", "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: c\ndata:\n  .env: |\n    A=b\n    HF_TOKEN=abcd\n"},
      {"a.yml",
       "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: c\ndata:\n  config.json: |\n    {\"model\": \"x\", \"hf_token\": "
       "\"abc\"}\n"},
      {"a.json", "{\"kind\":\"ConfigMap\",\"apiVersion\":\"v1\",\"data\":{\"HF_TOKEN\":\"abc\"}}"},
      {"kustomization.yaml", "configMapGenerator:\n- name: c\n  literals:\n  - HF_TOKEN=abc\n"},
      {"x.sh", "kubectl -n a create cm c --from-literal HF_TOKEN=\"$HF_TOKEN\" --from-literal A=b\n"},
      {"x.sh", "kubectl create configmap c \\\n  --from-literal=A=b \\\n  --from-literal=HF_TOKEN=$(cat t)\n"},
      {"README.md",
       "```bash\nkubectl create configmap c --from-literal=HF_TOKEN=abc --dry-run=client -o yaml | kubectl apply -f -\n```\n"},
      {"README.md", "```yaml\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: c\ndata:\n  HUGGINGFACE_TOKEN: abc\n```\n"},
      {"chart/templates/cm.yaml",
       "{{- if .Values.a }}\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: c\ndata:\n  HF_TOKEN: {{ .Values.hfToken | "
       "quote }}\n{{- end }}\n"},
      {"m.tf", "resource \"kubernetes_config_map\" \"x\" {\n  data = {\n    HF_TOKEN = var.hf_token\n  }\n}\n"},
      {"a.yaml", "kind: List\nitems:\n- kind: ConfigMap\n  data: {HF_TOKEN: x}\n"},
      {"Makefile", "cm:\n\tkubectl create configmap c --from-literal=HF_TOKEN=$(HF_TOKEN)\n"},
      {"a.yaml",
       "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: c\ndata:\n  settings.toml: |\n    [hub]\n    hf_token = \"abc\"\n"},
  };
  for (const Example& example : examples) {
    const std::string text = with_tokens(std::string(example.text));
    EXPECT_TRUE(is_found(example.path, text, "HF4008")) << example.path << "\n" << example.text;
  }
}

TEST(KubernetesConfigMap, OtherDataAndSecretsAreNot) {
  const Example examples[] = {
      {"a.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: c\ndata:\n  HF_TOKEN: \"\"\n"},
      {"a.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: c\ndata:\n  HF_HOME: /a\n  MAX_TOKENS: \"3\"\n"},
      {"a.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: c\ndata:\n  HF_TOKEN_PATH: /a\n"},
      {"a.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: c\ndata:\n  .env: |\n    HF_TOKEN=\n    A=b\n"},
      {"a.yaml",
       "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: c\ndata:\n  README: |\n    Set HF_TOKEN in the secret.\n"},
      {"x.sh", "kubectl create configmap c --from-literal=MODEL=x\n"},
      {"x.sh", "kubectl create secret generic s --from-file=HF_TOKEN=/dev/stdin\n"},
      {"kustomization.yaml",
       "secretGenerator:\n- name: c\n  envs: [hf.env]\nconfigMapGenerator:\n- name: d\n  literals: [A=b]\n"},
      {"a.yaml", "kind: Secret\napiVersion: v1\ndata:\n  HF_TOKEN: YWJj\n"},
      {"a.yaml",
       "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: c\ndata:\n  config.json: |\n    {\"hf_token\": null, "
       "\"tokenizer\": \"x\"}\n"},
      {"a.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: c\ndata:\n  # HF_TOKEN: abc\n  A: b\n"},
      {"a.tf", "resource \"kubernetes_secret\" \"x\" {\n  data = {\n    HF_TOKEN = var.hf_token\n  }\n}\n"},
  };
  for (const Example& example : examples) {
    const std::string text = with_tokens(std::string(example.text));
    EXPECT_FALSE(is_found(example.path, text, "HF4008")) << example.path << "\n" << example.text;
  }
}

TEST(KubernetesSecret, ATokenInTheOpenOrInBase64IsFound) {
  const Example examples[] = {
      {"k/secret.yml",
       "apiVersion: v1\nkind: Secret\nmetadata:\n  name: hf\ntype: Opaque\nstringData:\n  HF_TOKEN: \"<TOKEN>\"\n"},
      {"k/secret.yml", "apiVersion: v1\nkind: Secret\nmetadata:\n  name: hf\ntype: Opaque\ndata:\n  token: <BASE64>\n"},
      {"k/secret.yml",
       "apiVersion: v1\nkind: Secret\nmetadata:\n  name: hf\ntype: Opaque\ndata:\n  token: \"<BASE64_LINE>\"\n"},
      {"k/secret.json", "{\"kind\":\"Secret\",\"apiVersion\":\"v1\",\"stringData\":{\"t\":\"<TOKEN>\"}}"},
      {"k/secret.json", "{\n \"kind\": \"Secret\",\n \"data\": {\"t\": \"<BASE64>\"}\n}"},
      {"README.md",
       "```yaml\napiVersion: v1\nkind: Secret\nmetadata:\n  name: hf\ntype: Opaque\nstringData:\n  a: <TOKEN>\n```\n"},
      {"x.yaml",
       "apiVersion: v1\nkind: Secret\nmetadata:\n  name: hf\ntype: Opaque\nstringData:\n  .env: |\n    A=b\n    "
       "HF_TOKEN=<TOKEN>\n"},
      {"kustomization.yaml", "secretGenerator:\n- name: hf\n  literals:\n  - token=<TOKEN>\n"},
      {"x.yaml",
       "a: b\n---\napiVersion: v1\nkind: Secret\nmetadata:\n  name: hf\ntype: Opaque\ndata:\n  t: >-\n    <BASE64>\n"},
      {"x.yaml", "kind: List\nitems:\n- kind: Secret\n  stringData: {a: <TOKEN>}\n"},
      {"apply.sh",
       "kubectl apply -f - <<EOF\napiVersion: v1\nkind: Secret\nmetadata:\n  name: hf\ntype: Opaque\nstringData:\n  t: "
       "<TOKEN>\nEOF\n"},
      {"templates/s.yaml",
       "{{- if .Values.x }}\napiVersion: v1\nkind: Secret\nmetadata:\n  name: hf\ntype: Opaque\ndata:\n  t: {{ \"<TOKEN>\" | "
       "b64enc }}\n{{- end }}\n"},
      {"s.yaml", "kind: \"Secret\"\napiVersion: \"v1\"\nstringData:\n  t: <TOKEN>\n"},
  };
  for (const Example& example : examples) {
    const std::string text = with_tokens(std::string(example.text));
    EXPECT_TRUE(is_found(example.path, text, "HF4009")) << example.path << "\n" << example.text;
  }
}

TEST(KubernetesSecret, PlaceholdersAndEncryptedOnesAreNot) {
  const Example examples[] = {
      {"secret.yaml",
       "apiVersion: v1\nkind: Secret\nmetadata:\n  name: hf\ntype: Opaque\nstringData:\n  token: <your-token>\n"},
      {"secret.yaml", "apiVersion: v1\nkind: Secret\nmetadata:\n  name: hf\ntype: Opaque\nstringData:\n  token: REPLACE_ME\n"},
      {"secret.yaml", "apiVersion: v1\nkind: Secret\nmetadata:\n  name: hf\ntype: Opaque\ndata:\n  token: UkVQTEFDRV9NRQ==\n"},
      {"secret.yaml",
       "apiVersion: v1\nkind: Secret\nmetadata:\n  name: hf\ntype: Opaque\ndata:\n  token: "
       "aGZfeHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eA==\n"},
      {"secret.yaml",
       "apiVersion: v1\nkind: Secret\nmetadata:\n  name: hf\ntype: Opaque\nstringData:\n  token: \"{{ .Values.hfToken }}\"\n"},
      {"secret.yaml",
       "apiVersion: v1\nkind: Secret\nmetadata:\n  name: hf\ntype: Opaque\ndata:\n  token: {{ .Values.hfToken | b64enc | quote "
       "}}\n"},
      {"secret.yaml",
       "apiVersion: v1\nkind: Secret\nmetadata:\n  name: hf\ntype: Opaque\nstringData:\n  token: "
       "ENC[AES256_GCM,data:abc,type:str]\n"},
      {"secret.yaml", "apiVersion: v1\nkind: Secret\nmetadata:\n  name: hf\ntype: Opaque\nstringData:\n  token: \"\"\n"},
      {"secret.yaml", "apiVersion: v1\nkind: Secret\nmetadata:\n  name: hf\ntype: Opaque\ndata:\n  token: YWJjZGVm\n"},
      {"secret.yaml", "apiVersion: v1\nkind: Secret\nmetadata:\n  name: hf\ntype: Opaque\nstringData:\n  token: $(HF_TOKEN)\n"},
      {"s.yaml", "apiVersion: external-secrets.io/v1beta1\nkind: ExternalSecret\nspec:\n  data:\n  - secretKey: HF_TOKEN\n"},
      {"s.yaml", "apiVersion: v1\nkind: ConfigMap\ndata:\n  t: abc\n"},
  };
  for (const Example& example : examples) {
    const std::string text = with_tokens(std::string(example.text));
    EXPECT_FALSE(is_found(example.path, text, "HF4009")) << example.path << "\n" << example.text;
  }
}

TEST(KubernetesEnv, WhatIsFilledInElsewhereIsAWarning) {
  const std::string head = "env:\n- name: HF_TOKEN\n  value: ";
  EXPECT_EQ(severity_of("a.yaml", head + "{{ .Values.token }}\n", "HF4007"), Severity::warning);
  EXPECT_EQ(severity_of("a.yaml", head + "${HF_TOKEN}\n", "HF4007"), Severity::warning);
  EXPECT_EQ(severity_of("a.yaml", head + "abc\n", "HF4007"), Severity::error);
}

}  // namespace
}  // namespace hfscan
