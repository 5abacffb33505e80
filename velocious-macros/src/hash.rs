//! The number by which `routes!` finds an action that `#[controller]` has declared.

use proc_macro2::Literal;

/// FNV-1a, 64 bits, of an action's name.
///
/// Two macros that never meet compute it, so that the type system can compare names: a constant parameter can be
/// a number, and not a text.
pub(crate) fn action_hash(name: &str) -> Literal {
    let hash = name.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    Literal::u64_unsuffixed(hash)
}

#[cfg(test)]
mod tests {
    use super::action_hash;

    #[test]
    fn it_is_fnv_1a() {
        assert_eq!(action_hash("").to_string(), "14695981039346656037");
        assert_eq!(action_hash("a").to_string(), "12638187200555641996");
        assert_eq!(action_hash("foobar").to_string(), "9625390261332436968");
    }
}
