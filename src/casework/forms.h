#pragma once

#include "base/json.h"

/// What a desk needs to draw its forms and to show what came, from the one table that sending and
/// receiving read: kinds of request, and the structs that they reach.
namespace comity::casework {

struct KindForm {
    std::string kind;
    std::string provision;
    std::vector<std::string> subjects; ///< Members of Request of which it has at least one.
    std::vector<std::string> extras; ///< And those that it may have besides.
    std::vector<std::string> facts; ///< That the officer may have to state.
    std::vector<std::string> answers; ///< Members of Answer that fit.
};
BOOST_DESCRIBE_STRUCT(KindForm, (), (kind, provision, subjects, extras, facts, answers))

/// A step in a case: what the officer writes of the struct, and the facts he may have to state.
struct StepForm {
    std::string type;
    std::string of; ///< Struct.
    std::vector<std::string> writes;
    std::vector<std::string> facts;
};
BOOST_DESCRIBE_STRUCT(StepForm, (), (type, of, writes, facts))

/// {"kinds": [KindForm], "steps": [StepForm], "notices": [StepForm], "facts": {name: {"type",
/// "words"}}, "structs": {name: message::Form}}
json::Object forms();

} // namespace comity::casework
