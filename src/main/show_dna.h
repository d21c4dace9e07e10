#pragma once

#include "casework/views.h"

/// What a comparison, a search through a family, a first connection or a sample under Article 20
/// brought, for a terminal: numbers, weights and what chance gives, never an allele.
namespace comity::main {

constexpr std::size_t hits_shown_max = 50; ///< Of one message; the rest is counted.

/// Nothing for contents that are none of these.
std::string dna_lines(std::span<casework::ContentView const> contents);

} // namespace comity::main
