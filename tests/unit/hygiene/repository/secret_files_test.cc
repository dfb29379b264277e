#include "hygiene/repository/secret_files.h"

#include <gtest/gtest.h>

namespace hfscan {
namespace {

Holds held(std::string_view text, std::string_view path = ".env") {
  return read_secret_file(path, SecretFileKind::dotenv, text).holds;
}

TEST(SecretFileKind, NamesOfDotenvFiles) {
  for (const char* path :
       {".env", "a/.env.local", "prod.env", ".envrc", ".flaskenv", ".streamlit/secrets.toml", "secrets.yaml"})
    EXPECT_EQ(secret_file_kind(path), SecretFileKind::dotenv) << path;
  for (const char* path : {".env.example", "a/.env.local.sample", ".env.template", ".env.dist"})
    EXPECT_EQ(secret_file_kind(path), SecretFileKind::dotenv_example) << path;
  for (const char* path : {"environment", "env", "a.envoy", "secrets.py", ".environ"})
    EXPECT_EQ(secret_file_kind(path), SecretFileKind::none) << path;
}

TEST(SecretFileKind, NamesOfTokenFiles) {
  for (const char* path :
       {"secrets/huggingface.token", "hf_tok.txt", ".hf_token", "stored_tokens", ".netrc", ".git-credentials", "x.tfstate",
        ".cache/huggingface/token", "hugging-face-token.key", ".bash_history"})
    EXPECT_EQ(secret_file_kind(path), SecretFileKind::token) << path;
  for (const char* path :
       {"tokenizer.json", "docs/hf_token_guide.md", "token.py", "data/token", "lexer.tokens", "hf_tokenizer.py"})
    EXPECT_EQ(secret_file_kind(path), SecretFileKind::none) << path;
}

TEST(SecretContent, ValueOfASecretNameCounts) {
  const SecretContent content = read_secret_file(".env", SecretFileKind::dotenv, "A=1\r\nexport HF_TOKEN='abc'\r\n");
  EXPECT_EQ(content.holds, Holds::secret);
  EXPECT_EQ(content.line, 2U);
  EXPECT_EQ(content.name, "HF_TOKEN");
}

TEST(SecretContent, EmptyValueDoesNotBorrowTheNextLine) {
  EXPECT_EQ(held("HF_TOKEN=\nNAME=x\n"), Holds::placeholder);
  EXPECT_EQ(held("HF_TOKEN=\"\"\n"), Holds::placeholder);
  EXPECT_EQ(held("API_KEY=# see the wiki\n"), Holds::placeholder);
  EXPECT_EQ(held("HF_TOKEN=<your token>\nDB_PASSWORD=changeme\n"), Holds::placeholder);
}

TEST(SecretContent, NamesThatOnlySoundSecret) {
  for (const char* text : {"TOKENIZERS_PARALLELISM=false\n", "MAX_TOKENS=4096\n", "HF_TOKEN_PATH=/run/token\n",
                           "PUBLIC_KEY=abc\n", "KEYBOARD=de\n", "# HF_TOKEN=abc\n", "USE_TOKEN=true\n"})
    EXPECT_EQ(held(text), Holds::nothing) << text;
}

TEST(SecretContent, EncryptedFilesAreNoFinding) {
  EXPECT_EQ(held("HF_TOKEN=\"encrypted:abcd\"\n"), Holds::encrypted);
  EXPECT_EQ(held(std::string("\0GITCRYPT\0abc", 12)), Holds::encrypted);
  EXPECT_EQ(held("$ANSIBLE_VAULT;1.1;AES256\n3333\n", "secrets.yml"), Holds::encrypted);
}

TEST(SecretContent, DataFilesNeedAValue) {
  EXPECT_EQ(held("hf_token: abc\n", "secrets.yaml"), Holds::secret);
  EXPECT_EQ(held("{\"apiToken\": \"abc\",\n", "secrets.json"), Holds::secret);
  EXPECT_EQ(held("tokens:\n  - a\n", "secrets.yaml"), Holds::nothing);
  EXPECT_EQ(held("password: {{ .Values.password }}\n", "secrets.yaml"), Holds::nothing);
}

TEST(SecretContent, TokenFileOfOneWord) {
  const auto holds = [](std::string_view text) { return read_secret_file("a.token", SecretFileKind::token, text).holds; };
  EXPECT_EQ(holds("abcdefghij0123456789abcd\n"), Holds::secret);
  EXPECT_EQ(holds("put the token here\n"), Holds::placeholder);
  EXPECT_EQ(holds("<your-token-goes-here-please>\n"), Holds::placeholder);
  EXPECT_EQ(holds("[main]\nhf_token = x\n"), Holds::secret);
  EXPECT_EQ(holds(""), Holds::placeholder);
}

TEST(SecretContent, NamesOfHuggingFaceTokens) {
  EXPECT_TRUE(assigns_hugging_face_token("export HUGGING_FACE_HUB_TOKEN=\n"));
  EXPECT_TRUE(assigns_hugging_face_token("A=1\nHF_TOKEN=x\n"));
  EXPECT_FALSE(assigns_hugging_face_token("HF_HOME=/data\nBATCH=8\nGITHUB_TOKEN=x\n"));
}

}  // namespace
}  // namespace hfscan
