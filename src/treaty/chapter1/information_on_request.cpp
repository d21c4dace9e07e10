// Chapter one, Article 5: what information is exchanged on request, and information obtained by
// specific methods.

#include "treaty/provision.h"

namespace comity::treaty {
namespace {

/// One of the classes of A5(1), (a) to (f).
Truth of_article_5(View& view)
{
    auto const kind = view.kind();
    return kind ? Truth { *kind >= Kind::organised_crime } : unknown;
}

// A5(1)-0. These classes are exchanged on request, to prevent, detect and investigate crime, above
// all organised crime. A threat that is no crime is no ground here.
Outcome a5_1_0(View& view)
{
    auto const asked = of_article_5(view);
    if (!asked.yes()) return skip(asked);
    return outcome(any(
        { view.is(fact::purpose, Purpose::prevention), view.is(fact::purpose, Purpose::detection),
            view.is(fact::purpose, Purpose::investigation) }));
}

/// As in Article 4(5), our reading: a request for something says what that is.
Outcome names_its_subject(View& view, Kind kind)
{
    auto const asked = view.is(fact::kind, kind);
    if (!asked.yes()) return skip(asked);
    return outcome(view.is(fact::subject_named));
}

// A5(1)(a). Organised crime: who takes part, links, structure, typical behaviour, crimes prepared,
// tried or committed, victims and property, circumstances and, where needed, the law.
Outcome a5_1_a(View& view)
{
    return names_its_subject(view, Kind::organised_crime);
}

// A5(1)(b). Methods and new forms of crime across borders.
Outcome a5_1_b(View& view)
{
    return names_its_subject(view, Kind::methods_of_crime);
}

// A5(1)(c). Results of research, practice of investigations, means and methods of work.
Outcome a5_1_c(View& view)
{
    return names_its_subject(view, Kind::research_results);
}

// A5(1)(d). Objects damaged by a crime, used or meant for one, or made by one, and samples of them.
Outcome a5_1_d(View& view)
{
    return names_its_subject(view, Kind::objects_and_samples);
}

// A5(1)(e). The law in force on the offences of the Convention. Our reading: the request names the
// offence whose law is asked for.
Outcome a5_1_e(View& view)
{
    auto const asked = view.is(fact::kind, Kind::legislation);
    if (!asked.yes()) return skip(asked);
    return outcome(view.given(fact::offence));
}

// A5(1)(f). Proceeds of crime, and property acquired by committing a crime or taking part in one.
// Our reading: without a crime there are none, so the request names it too.
Outcome a5_1_f(View& view)
{
    auto const asked = view.is(fact::kind, Kind::proceeds_of_crime);
    if (!asked.yes()) return skip(asked);
    return outcome(all({ view.is(fact::subject_named), view.given(fact::offence) }));
}

// A5(2). Information obtained by specific methods keeps, at the receiver, at least the protection
// that the law of the sender gives it. So it travels with what that law demands. Our reading: "such
// exchange" is that of this Article.
Outcome a5_2(View& view)
{
    auto const asked = of_article_5(view);
    if (asked.no()) return Outcome::not_applicable;
    auto const applies = all({ asked, view.is(fact::special_methods) });
    if (!applies.yes()) return skip(applies);
    return outcome(
        all({ view.given(fact::handling_caveat), view.is(fact::protection_guaranteed) }));
}

constexpr std::string_view subject_named = "The request says whom or what it is about.";
constexpr std::string_view no_subject = "The request does not say whom or what it is about.";
constexpr std::string_view another_kind = "Another kind of request is made.";

constexpr Provision provisions_of_article_5[] {
    { .id = "A5(1)-0",
        .title = "Exchange of information on request",
        .law = "On request, information of six classes is exchanged to prevent, detect and "
               "investigate criminal offences.",
        .effect = Effect::requires_,
        .measures = requests,
        .judge = a5_1_0,
        .holds = "The information serves to prevent, detect or investigate a criminal offence.",
        .fails = "The information does not serve to prevent, detect or investigate a criminal "
                 "offence.",
        .not_applicable = another_kind },
    { .id = "A5(1)(a)",
        .title = "Organised crime",
        .law = "Requests may ask for information on organised crime: persons, links, structures, "
               "behaviour, offences, victims and circumstances.",
        .effect = Effect::requires_,
        .measures = requests,
        .judge = a5_1_a,
        .holds = subject_named,
        .fails = no_subject,
        .not_applicable = another_kind },
    { .id = "A5(1)(b)",
        .title = "Methods and new forms of crime",
        .law = "Requests may ask for methods and new forms of cross-border crime.",
        .effect = Effect::requires_,
        .measures = requests,
        .judge = a5_1_b,
        .holds = subject_named,
        .fails = no_subject,
        .not_applicable = another_kind },
    { .id = "A5(1)(c)",
        .title = "Research and practice of investigations",
        .law = "Requests may ask for results of criminological and other research and for how "
               "investigations are done.",
        .effect = Effect::requires_,
        .measures = requests,
        .judge = a5_1_c,
        .holds = subject_named,
        .fails = no_subject,
        .not_applicable = another_kind },
    { .id = "A5(1)(d)",
        .title = "Objects and samples",
        .law = "Requests may ask for information on, and samples of, objects that a crime "
               "damaged, used, was meant to use or made.",
        .effect = Effect::requires_,
        .measures = requests,
        .judge = a5_1_d,
        .holds = subject_named,
        .fails = no_subject,
        .not_applicable = another_kind,
        .duty = "Keep the chain of custody of every sample from hand to hand." },
    { .id = "A5(1)(e)",
        .title = "Legislation in force",
        .law = "Requests may ask for the law in force on offences of the Convention.",
        .effect = Effect::requires_,
        .measures = requests,
        .judge = a5_1_e,
        .holds = "The offence whose law is asked for is named.",
        .fails = "No offence is named whose law is asked for.",
        .not_applicable = another_kind },
    { .id = "A5(1)(f)",
        .title = "Proceeds of crime",
        .law = "Requests may ask for proceeds of crime and property acquired by committing one or "
               "taking part.",
        .effect = Effect::requires_,
        .measures = requests,
        .judge = a5_1_f,
        .holds = "The request says whom or what it is about and which offence the proceeds come "
                 "from.",
        .fails = "The request does not say whom or what it is about, or names no offence.",
        .not_applicable = another_kind },
    { .id = "A5(2)",
        .title = "Information obtained by specific methods",
        .law = "Information obtained by specific methods keeps at least the protection that the "
               "law of the sender gives it.",
        .effect = Effect::requires_,
        .measures = { Measure::information_answer },
        .judge = a5_2,
        .holds = "{receiver} guarantees the protection, and knows what the law of {sender} "
                 "demands.",
        .fails = "{receiver} does not guarantee the protection, or is not told what the law of "
                 "{sender} demands.",
        .not_applicable = "No information of Art. 5 obtained by specific methods is sent.",
        .duty = "Keep what the law of {sender} demands with the information and open it to nobody "
                "whom that law would keep out." },
};

} // namespace

constinit Part const text::information_on_request { "chapter1/information_on_request.cpp",
    "Exchange of information on request", "Art. 5", provisions_of_article_5 };

} // namespace comity::treaty
