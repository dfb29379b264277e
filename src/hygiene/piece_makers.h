// The functions behind take_apart(), one per language that can hold texts of others, and what they share. Only pieces*.cc
// include it.
#pragma once

#include <span>
#include <string_view>

#include "hygiene/pieces.h"

namespace hfscan {

// What a new piece is like, without text and map.
Piece like(Language language, ShellLayout layout = ShellLayout::script);

// The language of a text without a name, by how it begins: a Dockerfile, a manifest or Compose file, a unit, HCL; else `text`.
Language language_of_content(std::string_view text);

// A stretch of a piece that is one command.
void add_command_line(FileView& view, const Piece& parent, ByteSpan span);
// The same of a text that maps to the parent.
void add_command_line(FileView& view, const Piece& parent, MappedText line);
// Lines of a stretch that look like commands; a backslash at the end goes on with the next.
void add_command_lines(FileView& view, const Piece& piece, ByteSpan stretch);

// Arguments as a program gets them, ["hf", "auth", "login"], as the command line that they are. One that is a script by itself
// (of `sh -c`) also as that.
void add_argument_list(FileView& view, const Piece& parent, std::span<const MappedText> arguments);

void take_apart_document(FileView& view, const Piece& piece);  // Markdown, reStructuredText
void take_apart_notebook(FileView& view, const Piece& piece);
void take_apart_code(FileView& view, const Piece& piece);
void take_apart_html(FileView& view, const Piece& piece);  // also Vue and Svelte
void take_apart_text(FileView& view, const Piece& piece);  // of no known structure
void take_apart_yaml(FileView& view, const Piece& piece);
void take_apart_json(FileView& view, const Piece& piece);
void take_apart_dockerfile(FileView& view, const Piece& piece);
void take_apart_makefile(FileView& view, const Piece& piece);
void take_apart_entries(FileView& view, const Piece& piece);  // INI, TOML, systemd units
void take_apart_crontab(FileView& view, const Piece& piece);
void take_apart_shell(FileView& view, const Piece& piece);  // scripts within scripts, here-documents

}  // namespace hfscan
