#include "access/common_password.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <string>

namespace comity::access {
namespace {

/// What people take when they are told to take a password, and the names of these parts.
constexpr std::string_view words[] {
    "access",
    "admin",
    "administrator",
    "adobe",
    "albania",
    "alexander",
    "amanda",
    "america",
    "andrea",
    "andrew",
    "angel",
    "anthony",
    "arsenal",
    "asdf",
    "ashley",
    "austin",
    "baby",
    "babygirl",
    "bailey",
    "banana",
    "barcelona",
    "baseball",
    "basketball",
    "batman",
    "beautiful",
    "belgrade",
    "blink",
    "bogdan",
    "bond",
    "bosnia",
    "brandon",
    "bucharest",
    "bulgaria",
    "butterfly",
    "change",
    "changeme",
    "charlie",
    "cheese",
    "chelsea",
    "chicken",
    "chisinau",
    "chocolate",
    "christian",
    "comity",
    "computer",
    "cookie",
    "corvette",
    "cowboy",
    "cristian",
    "croatia",
    "dallas",
    "daniel",
    "danielle",
    "default",
    "diamond",
    "dolphin",
    "donald",
    "dragon",
    "dragos",
    "elephant",
    "elizabeth",
    "empire",
    "enter",
    "euro",
    "everton",
    "family",
    "ferrari",
    "flower",
    "football",
    "forever",
    "freedom",
    "friend",
    "friends",
    "fuckyou",
    "galatasaray",
    "gateway",
    "george",
    "ginger",
    "google",
    "guest",
    "guitar",
    "hacker",
    "hannah",
    "hardcore",
    "hello",
    "hellokitty",
    "hercegovina",
    "heslo",
    "horses",
    "hottie",
    "hunter",
    "iceman",
    "iloveyou",
    "internet",
    "ivan",
    "jackson",
    "jasmine",
    "jasper",
    "jelena",
    "jennifer",
    "jessica",
    "jesus",
    "jordan",
    "joshua",
    "juventus",
    "killer",
    "kosovo",
    "kristina",
    "letmein",
    "lifehack",
    "liverpool",
    "login",
    "lokomotiv",
    "london",
    "lovely",
    "loveme",
    "lover",
    "macedonia",
    "maggie",
    "manager",
    "marina",
    "marko",
    "marseille",
    "martin",
    "master",
    "matrix",
    "matthew",
    "mercedes",
    "merlin",
    "metallica",
    "michael",
    "michelle",
    "milan",
    "milena",
    "minecraft",
    "moldova",
    "money",
    "monika",
    "monkey",
    "montenegro",
    "morgan",
    "mother",
    "mountain",
    "mustang",
    "mynoob",
    "myself",
    "naruto",
    "nicholas",
    "nicole",
    "nikola",
    "nikolay",
    "ninja",
    "nothing",
    "oliver",
    "orange",
    "orlando",
    "parola",
    "parool",
    "partizan",
    "pass",
    "passphrase",
    "passport",
    "passwd",
    "password",
    "patrick",
    "peanut",
    "pepper",
    "phoenix",
    "podgorica",
    "pokemon",
    "police",
    "policija",
    "politia",
    "politsia",
    "porsche",
    "princess",
    "private",
    "project",
    "purple",
    "queen",
    "rainbow",
    "rangers",
    "realmadrid",
    "redstar",
    "romania",
    "root",
    "samantha",
    "samsung",
    "sarajevo",
    "scooter",
    "secret",
    "secure",
    "security",
    "serbia",
    "server",
    "service",
    "shadow",
    "shkodra",
    "skopje",
    "slipknot",
    "slovenia",
    "snoopy",
    "soccer",
    "sofia",
    "sparky",
    "spiderman",
    "spring",
    "star",
    "starwars",
    "steaua",
    "steelers",
    "stefan",
    "summer",
    "sunshine",
    "superman",
    "support",
    "system",
    "teacher",
    "temp",
    "temporary",
    "tequila",
    "test",
    "testing",
    "thomas",
    "tigger",
    "tinkerbell",
    "tirana",
    "toyota",
    "trustno",
    "trustnoone",
    "tweety",
    "ubuntu",
    "unknown",
    "user",
    "vanessa",
    "victoria",
    "vladimir",
    "warrior",
    "welcome",
    "whatever",
    "william",
    "windows",
    "winner",
    "winniethepooh",
    "winter",
    "wizard",
    "wolverine",
    "xavier",
    "yankees",
    "yellow",
    "zagreb",
    "zxcvbn",
};

/// Rows of the keyboard, the alphabet and the figures, there and back; of the Bulgarian, Serbian
/// and Russian keyboards only there.
constexpr std::array<std::string_view, 20> runs { "abcdefghijklmnopqrstuvwxyz",
    "01234567890123456789", "qwertyuiop", "qwertzuiop", "asdfghjkl", "zxcvbnm", "yxcvbnm",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm", "абвгдежзийклмнопрстуфхцчшщъьюя",
    "абвгдђежзијклљмнњопрстћуфхцчџш", "уеишщксдзц", "ьяаожгтнвмч", "юйъэфхпрлб", "явертъуиоп",
    "асдфгхйкл", "љњертзуиопшђ", "асдфгхјклчћ", "йцукенгшщзхъ", "фывапролджэ", "ячсмитьбю" };
constexpr std::size_t run_signs_min = 3;
constexpr std::size_t unit_signs_max = 4; ///< What is only repeated has so few of its own.
constexpr std::size_t own_signs_min = 6; ///< So much has to be left beside what is known.
constexpr std::size_t signs_min = password_bytes_min;
constexpr std::string_view letters_too = "013457@$!"; ///< What letter_for knows.

/// Where a letter of more than one byte goes on.
bool goes_on(char c)
{
    return (static_cast<unsigned char>(c) & 0xC0U) == 0x80;
}

std::size_t signs_in(std::string_view text)
{
    return text.size() - static_cast<std::size_t>(std::ranges::count_if(text, goes_on));
}

bool is_letter(char c)
{
    auto const byte = static_cast<unsigned char>(c);
    return std::isalpha(byte) != 0 || byte >= 0x80;
}

char letter_for(char c)
{
    switch (c) {
    case '0': return 'o';
    case '1':
    case '!': return 'i';
    case '3': return 'e';
    case '4':
    case '@': return 'a';
    case '5':
    case '$': return 's';
    case '7': return 't';
    default: return c;
    }
}

std::string lowered(std::string_view text)
{
    std::string out { text };
    for (char& c : out) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    return out;
}

/// "pa55word" says "password".
std::string with_letters(std::string text)
{
    std::ranges::transform(text, text.begin(), letter_for);
    return text;
}

/// How far the text goes on along a run from here, either way.
std::size_t run_length(std::string_view text)
{
    std::size_t longest = 0;
    for (auto const& run : runs)
        for (bool const back : { false, true }) {
            std::string const row
                = back ? std::string { run.rbegin(), run.rend() } : std::string { run };
            auto size = std::min(text.size(), row.size());
            while (size > longest && row.find(text.substr(0, size)) == row.npos) --size;
            longest = std::max(longest, size);
        }
    return signs_in(text.substr(0, longest)) < run_signs_min ? 0 : longest;
}

std::size_t word_length(std::string_view text, std::string_view name)
{
    std::size_t longest = 0;
    auto const take = [&](std::string_view word) {
        if (!word.empty() && text.starts_with(word)) longest = std::max(longest, word.size());
    };
    for (auto const& word : words) take(word);
    if (name.size() >= run_signs_min) take(name);
    return longest;
}

/// Letters that belong to nothing known; figures and signs between count for nothing.
std::size_t own_signs(std::string_view text, std::string_view name)
{
    std::size_t out = 0;
    for (std::size_t i = 0; i < text.size();) {
        auto const known = std::max(run_length(text.substr(i)), word_length(text.substr(i), name));
        if (known == 0 && is_letter(text[i]) && !goes_on(text[i])) ++out;
        i += std::max<std::size_t>(known, 1);
    }
    return out;
}

/// One word that is too short by itself, whichever it is, with figures and signs around it and for
/// its letters: lists of leaked passwords are full of them in every language.
bool is_one_word(std::string_view text)
{
    auto const first = std::ranges::find_if(text, is_letter);
    auto const last = std::find_if(text.rbegin(), text.rend(), is_letter).base();
    if (first == text.end()) return false;
    std::string_view const word { first, last };
    return signs_in(word) < signs_min
        && std::ranges::all_of(
            word, [](char c) { return is_letter(c) || letters_too.find(c) != letters_too.npos; });
}

/// Only one thing, again and again.
bool is_repeated(std::string_view text)
{
    for (std::size_t unit = 1; unit <= std::min(unit_signs_max, text.size() / 2); ++unit) {
        bool same = true;
        for (std::size_t i = unit; i < text.size() && same; ++i) same = text[i] == text[i - unit];
        if (same) return true;
    }
    return false;
}

std::size_t words_in(std::string_view text)
{
    std::size_t count = 0;
    for (std::size_t i = 0; i < text.size();) {
        auto const known = word_length(text.substr(i), {});
        if (known > 0) ++count;
        i += std::max<std::size_t>(known, 1);
    }
    return count;
}

} // namespace

bool is_common_password(std::string_view password, std::string_view name)
{
    auto const plain = lowered(password);
    if (is_repeated(plain) || is_one_word(plain)) return true;
    auto const own_name = lowered(name);
    // Three words that each stand in a list do not stand there together.
    constexpr std::size_t words_enough = 3;
    for (auto const& text : { plain, with_letters(plain) })
        if (own_signs(text, own_name) < own_signs_min && words_in(text) < words_enough) return true;
    return false;
}

Result<std::string> keep_password_of(
    std::string_view name, std::string_view password, PasswordCost cost)
{
    bool const sized = signs_in(password) >= signs_min && password.size() <= password_bytes_max;
    if (!sized)
        return Error { Error::Kind::malformed,
            fmt::format("a password has {} signs at least, {} bytes at most", signs_min,
                password_bytes_max),
            "password" };
    if (is_common_password(password, name))
        return Error { Error::Kind::malformed,
            fmt::format("beside words of lists, names and runs a password has {} letters of its "
                        "own; one word with figures around it is none",
                own_signs_min),
            "password" };
    return keep_password(password, cost);
}

} // namespace comity::access
