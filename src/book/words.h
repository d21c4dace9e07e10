#pragma once

#include "treaty/translation.h"
#include "treaty/wording.h"

/// The language that a book is written in. English is the source: what nothing here says is shown
/// in English, and what a jurist signs is always the English.
namespace comity::book {

/// What every page of another language says of itself.
constexpr std::string_view translated
    = "This page is a translation. The English page is its source: the edition is of the English "
      "words.";

class Words {
public:
    /// English.
    Words() = default;
    /// `law` of data/treaty/words, `cases` of words/cases, `own` of words/book.
    Words(
        std::string language, treaty::Translation law, treaty::Wording cases, treaty::Wording own);

    std::string const& language() const { return language_; } ///< BCP 47.
    bool is_english() const { return !said_; }

    /// Of the book itself: a heading, a column, "{count} cases".
    std::string say(std::string_view english) const;
    /// Its parts between "; ", each by itself.
    std::string say_each(std::string_view english) const;
    /// The title of a case, or what a parameter says.
    std::string of_case(std::string_view english) const;
    /// A word of a list of the program: measure, verdict, result, about, value.
    std::string word(std::string_view list, std::string_view word) const;
    /// What the law says at a place (treaty::LawSentence), its Parties by what they do.
    std::string law(std::string_view id, std::string_view part, std::string_view english) const;
    /// The reason that a case expects of a provision.
    std::string reason(std::string_view id, std::string_view english) const;
    std::string fact(std::string_view name) const;
    std::string fact_word(std::string_view fact, std::string_view word) const;

private:
    struct Said {
        treaty::Translation law;
        treaty::Wording cases, own;
    };

    std::string role(std::string_view place, bool begins) const;

    std::string language_ = "en";
    std::optional<Said> said_; ///< None in English.
};

} // namespace comity::book
