#pragma once

#include "rights/person.h"

/// The reply to a person as a document (A31(4)(g), (h)).
namespace comity::rights {

struct LetterItem {
    PersonItemView view;
    AnswerDraft words;
    std::optional<json::Value> content {}; ///< Of what is told in full.
};

struct LetterFacts {
    std::int64_t number = 0;
    PersonDraft asked;
    std::vector<LetterItem> items {};
    std::optional<std::string> remedy {}; ///< Nothing where none is known: the letter says so.
    std::string unit; ///< That writes.
    Instant at;
};

/// In the language of the request.
document::Document letter_of(LetterFacts const& facts);

} // namespace comity::rights
