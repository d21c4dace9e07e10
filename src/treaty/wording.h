#pragma once

#include "treaty/law.h"
#include "treaty/open_places.h"

#include <map>

/// Sentences of the program in another language, found by themselves: the titles of cases, what
/// parameters say, the fixed words of the book (docs/decisions/036). English is the source.
namespace comity::treaty {

class Wording {
public:
    static constexpr std::size_t bytes_max = 4U << 20U, rows_max = 10'000;

    struct Row {
        std::string english, words;
    };

    /// Reads words/cases/bg.tsv: english, words, a tab between them, under one line of these names;
    /// lines that begin with '#' are remarks. Errors: malformed, naming the line; a sentence twice.
    static Result<Wording> read(File const& file);

    std::vector<Row> const& rows() const { return rows_; }
    /// The sentence in this language: a row's own, one whose open places fit, or one that has ids
    /// in brackets after it, which stay. None where no row says it.
    std::optional<std::string> of(std::string_view english) const;

private:
    std::optional<std::string> whole(std::string_view english) const;

    std::vector<Row> rows_;
    std::map<std::string, std::size_t, std::less<>> places_;
    std::vector<std::size_t> open_; ///< The rows that have open places.
};

} // namespace comity::treaty
