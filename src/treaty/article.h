#pragma once

#include "treaty/provision.h"

/// The Convention as a jurist opens it: by article, in the order of the text.
namespace comity::treaty {

struct Article {
    int number; ///< 1 to 42; 0 is the preamble.
    int chapter; ///< 1 to 3 as printed; 0 for what stands before the first chapter.
    std::string_view title; ///< A few words of ours.
};

/// The preamble and the 42 articles.
std::span<Article const> articles();
/// Null for a number that no article has.
Article const* find_article(int number);

/// Where a provision, a reservation or a row of requirements.tsv belongs: "A31(4)(b)-1" to 31,
/// "A3.1(e)" to 3, "RES-BG(1)" to 41, "ANX-32-L1" to 32, "PRE-1" to the preamble. Empty for what
/// is no such id.
std::optional<int> article_of(std::string_view id);

/// In the order of the text.
std::vector<Provision const*> provisions_of(int article);
/// The file in src/treaty that a provision stands in.
std::string_view file_of(Provision const& provision);

/// What an article leaves to an agreement between two Parties.
int article_of(AgreementTerm term);
/// What it leaves to national law; some is left by two articles.
std::vector<int> articles_of(NationalRule rule);

} // namespace comity::treaty
