#pragma once

#include "treaty/coverage.h"
#include "treaty/open_places.h"

#include <map>

/// The law in the languages of the Parties. English is the source: it is what a rule says, what a
/// decision stores and what replays. A translation stands beside it, sentence by sentence, and is
/// only shown for the very sentence that it says (docs/decisions/036).
namespace comity::treaty {

/// A sentence of the law and its place.
struct LawSentence {
    /// Of a provision or a duty; "13" of an article; the name of a fact; "route.direct" of its
    /// word.
    std::string id;
    /// article, title, law, holds, fails, not-applicable, duty, delegated, amount or anchor; of a
    /// fact its name (fact), meaning or word; of a duty that no rule carries elsewhere or where.
    std::string_view part;
    std::string english; ///< Parties and dates still open: "{requesting}".
};

/// Every sentence that the program says of the law: the titles of the articles, then what each
/// provision says, in the order of the text, then the facts. What a rule says of its own
/// (`because`) is not here.
std::vector<LawSentence> law_sentences();

/// What is said of the duties that no rule carries: what each is about and where it is found. Names
/// of files alone are the same in every language and not here.
std::vector<LawSentence> elsewhere_sentences(std::vector<Requirement> const& requirements);

/// One language.
class Translation {
public:
    static constexpr std::size_t bytes_max = 4U << 20U, rows_max = 10'000;

    struct Row {
        std::string id, part, english, words;
    };

    /// Reads words/bg.tsv: id, part, english, words, tab-separated under one line of these names;
    /// lines that begin with '#' are remarks. Errors: malformed, naming the line; two rows of one
    /// sentence.
    static Result<Translation> read(File const& file);

    std::vector<Row> const& rows() const { return rows_; }
    /// The sentence in this language; none where no row has this very English at its place.
    std::optional<std::string_view> of(
        std::string_view id, std::string_view part, std::string_view english) const;
    /// The reason of a finding, its open places filled: the provision's own for one of its results,
    /// or one that a rule gives in its place.
    std::optional<std::string> reason(
        std::string_view id, std::string_view english, Filled const& filled) const;

private:
    using Place = std::array<std::string, 2>; ///< id and part.

    std::vector<Row> rows_;
    std::map<Place, std::size_t> places_; ///< Of what a rule says of its own, none.
};

} // namespace comity::treaty
