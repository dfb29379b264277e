// Which files hold secrets by their name, and whether one really does. Separate because tracked files, ignore rules, images and
// uploads all ask the same question.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace hfscan {

enum class SecretFileKind {
  none,
  dotenv,          // .env, .env.local, prod.env, .envrc, secrets.toml ...: assignments, some of them secret
  dotenv_example,  // .env.example ...: made to be shared and copied
  token,           // a credential store: huggingface.token, stored_tokens, .netrc ...
};

// Decided by the path alone.
SecretFileKind secret_file_kind(std::string_view path);

// Whether a program that loads dotenv files would read it: .env and .env.<x>, examples left out.
[[nodiscard]] bool is_loaded_dotenv(std::string_view path);

// What a file of such a name holds.
enum class Holds {
  nothing,      // no secret is named in it
  placeholder,  // a secret is named, its value is empty or stands for one
  secret,
  encrypted,  // by sops, dotenvx, git-crypt or ansible-vault
};

const char* to_string(Holds holds);

struct SecretContent {
  Holds holds = Holds::nothing;
  std::uint64_t line = 1;  // of the first secret, or of the first placeholder
  std::string name;        // the variable there; empty when the file has no names
};

// `kind` is not none.
SecretContent read_secret_file(std::string_view path, SecretFileKind kind, std::string_view text);

// Whether some line of a dotenv file assigns, whatever the value, a variable that names a Hugging Face token.
[[nodiscard]] bool assigns_hugging_face_token(std::string_view text);

}  // namespace hfscan
